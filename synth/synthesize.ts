import path from 'node:path';
import { compareTrees, isDifferent, type Difference, type IsOurs } from './compare';
import { readTree } from './existing-tree';
import { recover, replaceFolder } from './replace-folder';
import { explainFileError, SynthError } from './synth-error';

/** A folder that is rendered whole: nothing else may stand in it. */
export interface Output {
  /** Name below the repository, such as `dist`. */
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
  /** @default manifests that are named for their object. */
  readonly isOurs?: IsOurs;
}

/** Compares every output with what is there and writes nothing. */
export async function compareOutputs(root: string, outputs: readonly Output[]): Promise<Map<string, Difference>> {
  const differences = new Map<string, Difference>();
  for (const { folder, files, isOurs } of outputs) {
    try {
      await recover(path.join(root, folder));
      differences.set(folder, compareTrees(files, readTree(path.join(root, folder)), isOurs));
    } catch (error) {
      throw explainFileError(error, folder);
    }
  }
  return differences;
}

/**
 * Writes every output that differs. Folders that don't differ are not touched.
 *
 * @returns how each output differed from what was there.
 * @throws SynthError where something in an output was not written by us, or the file system refuses; all outputs are
 *   looked at before the first is written.
 */
export async function writeOutputs(root: string, outputs: readonly Output[]): Promise<Map<string, Difference>> {
  const differences = await compareOutputs(root, outputs);
  for (const [folder, { foreign }] of differences) {
    if (foreign.length === 0) continue;
    throw new SynthError(
      `${folder}/ holds what no synth has written:\n${foreign.map((file) => `  ${folder}/${file}`).join('\n')}`,
      `move it elsewhere (everything in ${folder}/ is rendered), or delete it, and run again`,
    );
  }
  for (const { folder, files } of outputs) {
    const difference = differences.get(folder);
    if (difference === undefined || !isDifferent(difference)) continue;
    try {
      await replaceFolder(path.join(root, folder), files);
    } catch (error) {
      throw explainFileError(error, folder);
    }
  }
  return differences;
}
