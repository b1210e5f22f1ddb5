import { parseDocument } from 'yaml';
import type { KubeObject } from '../model/kube-object';
import { HEADER, manifestFileName } from '../phases/manifest-file';
import type { ExistingTree } from './existing-tree';

/** How a rendered folder differs from what stands there; paths are below the folder, sorted. */
export interface Difference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Files that an earlier run rendered and this one doesn't. */
  readonly removed: readonly string[];
  /** Files that no run of ours can have written. */
  readonly foreign: readonly string[];
}

/** Whether a file, by its path below the folder and its text, can have been written by us. */
export type IsOurs = (file: string, text: string) => boolean;

/** Compares what is rendered with what is there; a program that can't be run differs. */
export function compareTrees(
  rendered: ReadonlyMap<string, string>,
  existing: ExistingTree,
  isOurs: IsOurs = isOurManifest,
): Difference {
  const added: string[] = [];
  const changed: string[] = [];
  for (const [file, text] of rendered) {
    const before = existing.files.get(file);
    if (before === undefined) added.push(file);
    else if (before !== text || existing.notExecutable.has(file)) changed.push(file);
  }
  const removed: string[] = [];
  const foreign = [...existing.oddities];
  for (const [file, text] of existing.files) {
    if (rendered.has(file)) continue;
    (isOurs(file, text) ? removed : foreign).push(file);
  }
  return { added: added.sort(), changed: changed.sort(), removed: removed.sort(), foreign: foreign.sort() };
}

/** Whether anything differs. */
export function isDifferent({ added, changed, removed, foreign }: Difference): boolean {
  return added.length + changed.length + removed.length + foreign.length > 0;
}

/**
 * A manifest is ours if it begins with our header and is named for the object in it: a copy under another name, or a
 * manifest somebody put there, is not. A list of written files would say the same but conflict in every merge.
 */
function isOurManifest(file: string, text: string): boolean {
  if (!text.startsWith(`${HEADER}\n`)) return false;
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0) return false;
  const object = document.toJS() as Partial<KubeObject> | null;
  if (object?.apiVersion === undefined || object.kind === undefined || object.metadata === undefined) return false;
  return file.split('/').at(-1) === manifestFileName(object as KubeObject);
}
