import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A file that can't be written; the message says why and what to do. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

/**
 * Puts text where the user wants it: to a file, whole or not at all, or to stdout.
 *
 * @param file undefined stands for stdout.
 * @throws OutputError
 */
export function deliver(text: string, file: string | undefined): void {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  if (existsSync(file) && statSync(file).isDirectory())
    throw new OutputError(`--output ${file} is a folder: name a file in it.`);
  const fresh = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}`);
  try {
    writeFileSync(fresh, text);
    renameSync(fresh, file);
    process.stderr.write(`wrote ${file}\n`);
  } catch (error) {
    rmSync(fresh, { force: true });
    const { code = '' } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT' ? `there is no folder ${path.dirname(file)}: make it first` : `the system says ${code}`;
    throw new OutputError(`--output ${file} can't be written: ${reason}.`);
  }
}
