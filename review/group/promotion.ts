import path from 'node:path';
import { asRecord, at, textAt } from '../../model/manifest/access';
import { ManifestSyntaxError, parseDocuments } from '../../model/manifest/parse';
import type { ObjectComparison } from '../diff/compare';
import { patternOf } from '../diff/difference';
import { subjectOf, type ObjectChange, type Promotion } from '../diff/object-change';
import { pairObjects } from '../diff/pair-objects';
import type { Side } from '../effects/surroundings';
import { grouped } from '../grouped';
import { isBelow, type Entry } from '../source/objects';
import type { Tree } from '../source/tree';

/**
 * Clusters that go from one folder to another: an Application whose path moves, or where the Applications are not
 * rendered yet, the pin of a cluster (`clusters: {europe-west4: {phase: phase-2}}`).
 */
export function findPromotions(
  changes: readonly ObjectChange[],
  trees: { readonly base: Tree; readonly head: Tree },
): readonly Promotion[] {
  const moved = changes.flatMap((change): Promotion[] => {
    const { object, name } = subjectOf(change);
    if (object.kind !== 'Application' || change.kind !== 'changed') return [];
    return change.differences.flatMap(({ steps, before, after }): Promotion[] => {
      const isPath = patternOf(steps) === 'spec/source/path';
      if (!isPath || typeof before !== 'string' || typeof after !== 'string') return [];
      return [{ by: `Application ${name.name}`, from: trimmed(before), to: trimmed(after) }];
    });
  });
  const pinned = pinMoves(trees).filter(({ from }) => !moved.some((one) => isBelow(one.from, from)));
  return [...moved, ...pinned]
    .filter(({ from, to }) => hasFolder(trees.base, from) && hasFolder(trees.head, to))
    .sort((one, other) => (one.from < other.from ? -1 : 1));
}

/** What a promotion changes on its cluster: the folder that it leaves, beside the one that it goes to. */
export function promotionChanges(
  promotion: Promotion,
  base: Side,
  head: Side,
  comparison: ObjectComparison,
): readonly ObjectChange[] {
  const { from, to } = promotion;
  const asIfThere = (entry: Entry): Entry => ({ ...entry, place: `${to}${entry.place.slice(from.length)}` });
  const before = base.reader.below(from).map(asIfThere);
  return pairObjects(before, head.reader.below(to), comparison).map((change) => ({ ...change, promotion }));
}

/** What is promoted from where to where; the layers of one cluster are one sentence. */
export function promotionNotes(promotions: readonly Promotion[]): readonly string[] {
  const parent = (folder: string): string => path.posix.dirname(folder);
  return [...grouped(promotions, ({ from, to }) => `${parent(from)} → ${parent(to)}`)].map(([way, group]) => {
    const [first] = group;
    if (!first || group.length === 1)
      return `promotion: ${first?.from ?? ''} → ${first?.to ?? ''} (${first?.by ?? ''})`;
    return `promotion: ${way} (${group.map(({ from }) => path.posix.basename(from)).join(', ')})`;
  });
}

function hasFolder(tree: Tree, folder: string): boolean {
  for (const name of tree.files.keys()) if (name.startsWith(`${folder}/`)) return true;
  return false;
}

function pinMoves({ base, head }: { readonly base: Tree; readonly head: Tree }): readonly Promotion[] {
  const found: Promotion[] = [];
  for (const [name, file] of head.files) {
    const old = base.files.get(name);
    if (!/(^|\/)clusters\.ya?ml$/.test(name) || !old || old.text === file.text) continue;
    const [before, after] = [pinsOf(old.text), pinsOf(file.text)];
    for (const [cluster, phase] of after) {
      const was = before.get(cluster);
      if (was === undefined || was === phase) continue;
      const to = [...head.files.keys()]
        .map((file) => file.includes(`${phase}/${cluster}/`) && file.slice(0, file.indexOf(`${phase}/${cluster}/`)))
        .find((folder) => folder !== false);
      if (to === undefined) continue;
      found.push({ by: `the pin of ${cluster}`, from: `${to}${was}/${cluster}`, to: `${to}${phase}/${cluster}` });
    }
  }
  return found;
}

function pinsOf(text: string): ReadonlyMap<string, string> {
  try {
    const clusters = asRecord(at(parseDocuments(text)[0], 'clusters')) ?? {};
    return new Map(
      Object.entries(clusters).flatMap(([name, one]) => {
        const phase = textAt(one, 'phase');
        return phase === undefined ? [] : [[name, phase] as const];
      }),
    );
  } catch (error) {
    if (error instanceof ManifestSyntaxError) return new Map();
    throw error;
  }
}

function trimmed(folder: string): string {
  return folder.replace(/^\.?\/+|\/+$/g, '');
}
