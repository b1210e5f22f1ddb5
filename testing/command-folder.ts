import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';

/** What commands of the running test have printed. */
export interface CommandFolder {
  /** A folder of the test's own, which is the working directory until the test changes it. */
  path: string;
  out: string;
  err: string;
}

/** Gives each test a folder to run commands in, and keeps what they print from the terminal. */
export function commandFolder(): CommandFolder {
  const start = process.cwd();
  const folder: CommandFolder = { path: '', out: '', err: '' };
  beforeEach(() => {
    folder.path = mkdtempSync(path.join(tmpdir(), 'command-'));
    process.chdir(folder.path);
    folder.out = '';
    folder.err = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((folder.out += String(text)), true));
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((folder.err += String(text)), true));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.chdir(start);
    process.exitCode = undefined;
    rmSync(folder.path, { recursive: true });
  });
  return folder;
}

/** Runs a command as `aia` does; the exit code that it leaves. */
export async function exitCodeOf(command: Command, ...args: readonly string[]): Promise<unknown> {
  process.exitCode = undefined;
  await command.exitOverride().parseAsync(args, { from: 'user' });
  return process.exitCode;
}

/** Writes a file below the working directory, and the folders above it. */
export function write(name: string, text: string | Buffer): void {
  mkdirSync(path.dirname(name), { recursive: true });
  writeFileSync(name, text);
}
