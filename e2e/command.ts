import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** How a command that failed ended; `message` has what it printed on stderr. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/**
 * Runs a program without a shell and returns its stdout.
 *
 * @throws CommandError where it exits with anything but 0.
 */
export async function run(program: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const child = execute(program, [...args], {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...process.env, ...options.env },
    maxBuffer: 64 * 1024 * 1024,
  });
  // A program that does not read its input may be gone before all of it is written.
  child.child.stdin?.on('error', () => undefined);
  child.child.stdin?.end(options.input);
  try {
    return (await child).stdout;
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const said = stderr === undefined || stderr === '' ? message : stderr;
    throw new CommandError(`${program} ${args.slice(0, 4).join(' ')}: ${said.trim()}`, { cause: error });
  }
}
