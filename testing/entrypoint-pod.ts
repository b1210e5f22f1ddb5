import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Runs an entrypoint with programs that only write down how they were called. */
export class EntrypointPod {
  readonly root = mkdtempSync(path.join(tmpdir(), 'aia-entrypoint-'));
  readonly environment: Partial<Record<string, string>>;

  constructor(
    private readonly stack: string,
    environment: Record<string, string>,
  ) {
    mkdirSync(path.join(this.root, 'bin'));
    writeFileSync(path.join(this.root, 'password'), 's3"c\\r:t\n');
    this.environment = {
      PATH: `${path.join(this.root, 'bin')}:${process.env.PATH ?? ''}`,
      TMPDIR: this.root,
      ...environment,
    };
  }

  program(name: string, body = ''): this {
    const file = path.join(this.root, 'bin', name);
    writeFileSync(file, `#!/bin/sh\necho "${name} $*" >>"${this.root}/calls"\n${body}\n`);
    chmodSync(file, 0o755);
    return this;
  }

  start(...args: string[]): { code: number | null; stderr: string; calls: string[] } {
    const file = path.join(__dirname, '../images', this.stack, 'entrypoint.sh');
    const { status, stderr } = spawnSync('sh', [file, ...args], { encoding: 'utf8', env: this.environment });
    const calls = existsSync(this.file('calls')) ? this.read('calls').trim().split('\n') : [];
    return { code: status, stderr, calls };
  }

  file(name: string): string {
    return path.join(this.root, name);
  }

  read(name: string): string {
    return readFileSync(this.file(name), 'utf8');
  }
}
