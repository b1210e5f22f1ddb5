import { execFile } from 'node:child_process';
import { CannotRollOut, withoutCredentials } from './problem';

/** How a program ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program without a shell and waits for it.
 *
 * @throws CannotRollOut where it can't be started.
 */
export async function endOf(program: string, args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { cwd, env: process.env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = (error as { code?: unknown } | null)?.code;
      if (typeof code === 'string') {
        reject(new CannotRollOut(`${program} can't be started: ${code}`, `install ${program}, or add it to PATH`));
        return;
      }
      resolve({ code: error === null ? 0 : typeof code === 'number' ? code : 2, stdout, stderr });
    });
  });
}

/**
 * The same for a program that must succeed; returns what it printed.
 *
 * @throws CannotRollOut with its last lines.
 */
export async function runProgram(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await endOf(program, args, cwd);
  if (code === 0) return stdout;
  const said = withoutCredentials(`${stdout}\n${stderr}`.trim()).split('\n').slice(-20).join('\n');
  throw new CannotRollOut(
    `${[program, ...args].join(' ')} has failed (exit code ${code}):\n${said}`,
    'see the message above',
  );
}
