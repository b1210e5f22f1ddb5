import { checkSources, type CheckOptions, type Source } from '../checks/engine';
import type { Finding } from '../checks/finding';
import type { SchemaSet } from '../model/schema/load';
import type { Promotion } from './diff/object-change';
import { isBelow, ObjectReader } from './source/objects';
import { placeOf, type Tree } from './source/tree';

export interface FindingChange {
  readonly introduced: readonly Finding[];
  readonly fixed: readonly Finding[];
}

/**
 * Findings of `aia check` that only one side has. Documents that are the same on both sides have the same findings,
 * so that only the others are checked, with the definitions of custom resources from everywhere.
 */
export function compareFindings(
  base: Tree,
  head: Tree,
  promotions: readonly Promotion[],
  loadSchemas: () => SchemaSet,
  options: Pick<CheckOptions, 'today'>,
): FindingChange {
  const check = (tree: Tree, other: Tree, folders: readonly string[]): readonly Finding[] => {
    const reader = new ObjectReader(tree);
    const wanted = new Set<string>();
    const sources: Source[] = [];
    for (const [key, { name, text }] of tree.files) {
      const isPromoted = folders.some((folder) => isBelow(placeOf(name), folder));
      const differing = isPromoted ? text : reader.differingText(key, other);
      if (differing !== undefined) wanted.add(name);
      if (differing !== undefined || text.includes('CustomResourceDefinition')) {
        sources.push({ name, root: '.', isNamed: false, text: differing ?? text });
      }
    }
    if (wanted.size === 0) return [];
    const { findings } = checkSources(sources, loadSchemas(), {
      target: 'both',
      waivers: [],
      schemaOnly: false,
      ...options,
    });
    return findings.filter(({ file }) => wanted.has(file));
  };
  const before = check(
    base,
    head,
    promotions.map(({ from }) => from),
  );
  const after = check(
    head,
    base,
    promotions.map(({ to }) => to),
  );
  // A promoted cluster had the findings of the folder that it leaves.
  const moved = new Map(promotions.map(({ from, to }) => [from, to]));
  const [old, now] = [
    new Set(before.map((one) => idOf(one, moved))),
    new Set(after.map((one) => idOf(one, new Map()))),
  ];
  return {
    introduced: after.filter((one) => !old.has(idOf(one, new Map()))),
    fixed: before.filter((one) => !now.has(idOf(one, moved))),
  };
}

/**
 * What makes two findings the same: not the line, which moves with whatever is above it, and not a number in the
 * message, such as a size that was too large before.
 */
function idOf({ rule, object, file, path, message }: Finding, moved: ReadonlyMap<string, string>): string {
  let place = placeOf(file);
  for (const [from, to] of moved) if (isBelow(place, from)) place = `${to}${place.slice(from.length)}`;
  return JSON.stringify([rule, place, object ?? file, path, message.replace(/\d+/g, '0')]);
}
