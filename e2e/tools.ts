import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { CannotRun } from './problem';

/** What the tests call, and how a Debian machine gets it. */
const INSTALL: Readonly<Record<string, string>> = {
  git: 'apt-get install git',
  kubectl: 'https://kubernetes.io/docs/tasks/tools/install-kubectl-linux/',
  openssl: 'apt-get install openssl',
  zstd: 'apt-get install zstd',
  python3: 'apt-get install python3',
  'redis-server': 'apt-get install redis-server',
  promtool: 'apt-get install prometheus',
};

/** Whether a program is on the PATH. */
export function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** @throws CannotRun with one install line for each program that is missing. */
export function requireTools(programs: readonly string[]): void {
  const missing = programs.filter((program) => !isInstalled(program));
  if (missing.length === 0) return;
  throw new CannotRun(
    `not found: ${missing.join(', ')}`,
    missing.map((program) => `${program}: ${INSTALL[program] ?? 'install it'}`).join('\n       '),
  );
}
