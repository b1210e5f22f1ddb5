import { existsSync } from 'node:fs';
import type { Platform } from '../model/platform/platform';
import { EXIT } from './exit-code';
import type { CellChoice, ObjectSet } from './object-sets';

export type SetOptions = CellChoice;

/** What is read where no PATH is given. */
const DEFAULT_PATH = 'dist';

/** Errors whose message is all that a person needs. */
const TOLD = ['CannotReadError', 'ObjectSetError', 'QuantityError', 'PlatformError', 'OutputError'];

/**
 * Reads the sets below the paths and hands them to a command.
 *
 * @returns the command's exit code, or 2 where the input can't be read; the reason is on stderr then.
 */
export async function forSets(
  command: string,
  paths: readonly string[],
  choice: SetOptions,
  body: (sets: readonly ObjectSet[], platform: Platform) => Promise<number>,
): Promise<number> {
  const fail = (message: string): number => {
    process.stderr.write(`aia ${command}: ${message}\n`);
    return EXIT.failed;
  };
  const chosen = paths.length > 0 ? paths : [DEFAULT_PATH];
  if (paths.length === 0 && !existsSync(DEFAULT_PATH))
    return fail(`there is no ${DEFAULT_PATH} here. Name the folder to look at: aia ${command} PATH`);
  const [{ readObjectSets }, { platform }] = await Promise.all([
    import('./object-sets'),
    import('../platform/platform'),
  ]);
  try {
    const sets = readObjectSets(chosen, process.cwd(), platform, choice);
    if (sets.length === 0) return fail(`no Kubernetes object in ${chosen.join(', ')}. Check the path.`);
    return await body(sets, platform);
  } catch (error) {
    if (error instanceof Error && TOLD.includes(error.name)) return fail(error.message);
    throw error;
  }
}
