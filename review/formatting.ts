import { grouped } from './grouped';
import type { Entry } from './source/objects';
import type { Tree } from './source/tree';

/**
 * Files whose text differs while their objects mean the same and are written alike: line endings, comments, the
 * order of keys, documents or sets. Counted, so that nothing that Git shows is missing here.
 *
 * @param changed names of files that a change stands in
 */
export function formattingNotes(
  base: Tree,
  head: Tree,
  changed: ReadonlySet<string>,
  objects: readonly Entry[],
): readonly string[] {
  const withObjects = new Set(objects.map(({ file }) => file));
  const causes: string[] = [];
  for (const [key, file] of head.files) {
    const old = base.files.get(key);
    if (!old || old.text === file.text || changed.has(file.name)) continue;
    if (normalized(old.text) === normalized(file.text)) causes.push('line endings only');
    else if (withObjects.has(file.name)) causes.push('comments, quotes or order only');
  }
  return [...grouped(causes, (cause) => cause)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([cause, { length }]) => `${length} ${length === 1 ? 'file differs' : 'files differ'} in ${cause}`);
}

function normalized(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
