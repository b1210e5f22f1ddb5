import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PlatformError } from './problems';

/**
 * The text of one of the platform's YAML files.
 *
 * @param root the repository
 * @param file path below it, one of `SOURCES`
 * @throws PlatformError where the file can't be read.
 */
export function readSource(root: string, file: string): string {
  try {
    return readFileSync(path.join(root, file), 'utf8');
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : `can't be read: ${String(error)}`;
    throw new PlatformError([
      { file, key: 'the file', message: reason, fix: `git checkout -- ${file} brings it back` },
    ]);
  }
}
