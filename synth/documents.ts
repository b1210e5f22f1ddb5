import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { explainFileError } from './synth-error';

/** Rendered files that lie among written ones: text by path below the repository. */
export type Documents = ReadonlyMap<string, string>;

/** The documents that are not what is rendered, sorted. */
export async function differingDocuments(root: string, documents: Documents): Promise<string[]> {
  const differing: string[] = [];
  for (const [file, text] of documents) {
    const before = await readFile(path.join(root, file), 'utf8').catch(() => undefined);
    if (before !== text) differing.push(file);
  }
  return differing.sort();
}

/**
 * Writes the documents that differ, each by a rename, so that none is ever half written.
 *
 * @returns those that were written.
 * @throws SynthError where the file system refuses.
 */
export async function writeDocuments(root: string, documents: Documents): Promise<string[]> {
  const differing = await differingDocuments(root, documents);
  for (const file of differing) {
    const target = path.join(root, file);
    const fresh = path.join(path.dirname(target), `.${path.basename(target)}.synth-${process.pid}`);
    try {
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(fresh, documents.get(file) ?? '');
      await rename(fresh, target);
    } catch (error) {
      throw explainFileError(error, path.dirname(file));
    }
  }
  return differing;
}
