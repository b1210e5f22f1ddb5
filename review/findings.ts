import { checkSources, type CheckOptions, type Source } from '../checks/engine';
import type { Finding } from '../checks/finding';
import { RULES } from '../checks/registry';
import { loadSchemas } from '../model/schema/load';
import type { Promotion } from './diff/object-change';
import { isBelow, ObjectReader } from './source/objects';
import { placeOf, type Tree } from './source/tree';

export interface FindingChange {
  readonly introduced: readonly Finding[];
  readonly fixed: readonly Finding[];
}

/** Trees of up to this many objects are checked as a whole; beyond it that would take most of the time. */
export const MOST_CHECKED_WHOLE = 2_000;

/**
 * Findings of `aia check` that only one side has. Beyond {@link MOST_CHECKED_WHOLE} objects only the documents that
 * differ are checked, each by itself: what rules about several objects would say of a part is left out.
 */
export function compareFindings(
  base: Tree,
  head: Tree,
  promotions: readonly Promotion[],
  isWhole: boolean,
  options: Pick<CheckOptions, 'today'>,
): FindingChange {
  const check = (tree: Tree, other: Tree, folders: readonly string[]): readonly Finding[] => {
    const { sources, wanted } = sourcesOf(tree, other, folders, isWhole);
    if (wanted.size === 0) return [];
    const { findings } = checkSources(sources, loadSchemas(), {
      target: 'both',
      waivers: [],
      schemaOnly: false,
      ...options,
    });
    return findings.filter(({ file, rule }) => wanted.has(file) && (isWhole || !ABOUT_SEVERAL.has(rule)));
  };
  const [left, reached] = [promotions.map(({ from }) => from), promotions.map(({ to }) => to)];
  const outside = (folders: readonly string[]) => (one: Finding) =>
    !folders.some((folder) => isBelow(placeOf(one.file), folder));
  // What lay in the new folder before was not on the cluster, nor is what lies in the old one now.
  const before = check(base, head, left).filter(outside(reached));
  const after = check(head, base, reached).filter(outside(left));
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

/** Rules that look at more than one object have another method than `check`. */
const ABOUT_SEVERAL = new Set(
  RULES.filter((rule) => Object.keys(rule).some((key) => /^check[A-Z]/.test(key))).map(({ id }) => id),
);

function sourcesOf(
  tree: Tree,
  other: Tree,
  folders: readonly string[],
  isWhole: boolean,
): { readonly sources: readonly Source[]; readonly wanted: ReadonlySet<string> } {
  const reader = new ObjectReader(tree);
  const wanted = new Set<string>();
  const sources: Source[] = [];
  for (const [key, { name, text }] of tree.files) {
    const isTaken = isWhole || folders.some((folder) => isBelow(placeOf(name), folder));
    const differing = isTaken ? text : reader.differingText(key, other);
    if (differing !== undefined) wanted.add(name);
    if (differing !== undefined || text.includes('CustomResourceDefinition')) {
      sources.push({ name, root: '.', isNamed: false, text: differing ?? text });
    }
  }
  return { sources, wanted };
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
