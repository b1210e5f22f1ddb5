import { groupOf, identityOf } from '../../model/kube-object';
import { grouped } from '../grouped';
import type { Entry } from '../source/objects';
import type { ObjectComparison } from './compare';
import { likeness } from './match-items';
import type { ObjectChange } from './object-change';

/** What generators put behind a name: at least five letters and digits, one of them a digit or all of them hex. */
const GENERATED = /-(?=[a-z0-9]*\d)[a-z0-9]{5,64}$|-[bcdfghjklmnpqrstvwxz2456789]{10}$/;
/** Objects of one kind that share this part of their fields are one object under a new name. */
const LIKENESS = 0.6;
const LIKENESS_OF_STEM = 0.2;
/** Kinds that generators name anew for every content, so that nothing needs to be left of it. */
const HASHED = new Set(['ConfigMap', 'Secret']);
/** Likeness is worked out for every pair of a kind up to this many pairs. */
const MOST_PAIRS = 40_000;

/**
 * Pairs the objects of both sides: by place and identity first, then the same identity in another place (moved),
 * then names of one stem (`app-57k69`, `app-97t26`) and contents that are alike (renamed).
 *
 * @returns changes in the order of their places and names; objects that mean the same on both sides are left out
 */
export function pairObjects(
  base: readonly Entry[],
  head: readonly Entry[],
  comparison: ObjectComparison,
): readonly ObjectChange[] {
  const changes: ObjectChange[] = [];
  const [removed, added] = pairInPlace(base, head, (one, other) => {
    const differences = comparison.compare(one.object, other.object);
    if (differences.length > 0) changes.push({ kind: 'changed', base: one, head: other, differences });
  });
  const elsewhere = (kind: 'moved' | 'renamed', one: Entry, other: Entry): void => {
    changes.push({ kind, base: one, head: other, differences: comparison.compare(one.object, other.object) });
    removed.delete(one);
    added.delete(other);
  };
  for (const [one, other] of moves([...removed], [...added])) elsewhere('moved', one, other);
  for (const [one, other] of renames([...removed], [...added])) elsewhere('renamed', one, other);
  for (const one of removed) changes.push({ kind: 'removed', base: one, differences: [] });
  for (const other of added) changes.push({ kind: 'added', head: other, differences: [] });
  return changes;
}

function pairInPlace(
  base: readonly Entry[],
  head: readonly Entry[],
  pair: (base: Entry, head: Entry) => void,
): [Set<Entry>, Set<Entry>] {
  const waiting = grouped(base, (entry) => `${entry.place}\n${identityOf(entry.object)}`);
  const added = new Set<Entry>();
  for (const entry of head) {
    const partner = waiting.get(`${entry.place}\n${identityOf(entry.object)}`)?.shift();
    if (partner) pair(partner, entry);
    else added.add(entry);
  }
  return [new Set([...waiting.values()].flat()), added];
}

/** One object that went from one place to another; of several candidates the one most alike. */
function moves(removed: readonly Entry[], added: readonly Entry[]): [Entry, Entry][] {
  const candidates = grouped(added, ({ object }) => identityOf(object));
  return bestPairs(
    removed.flatMap((one) =>
      (candidates.get(identityOf(one.object)) ?? []).map((other) => ({
        one,
        other,
        score: 1 + likeness(one.object, other.object),
      })),
    ),
  );
}

function renames(removed: readonly Entry[], added: readonly Entry[]): [Entry, Entry][] {
  const room = ({ place, object }: Entry): string =>
    [place, groupOf(object.apiVersion), object.kind, object.metadata.namespace ?? ''].join('\n');
  const candidates = grouped(added, room);
  const scored = [...grouped(removed, room)].flatMap(([key, ones]) => {
    const others = candidates.get(key) ?? [];
    if (ones.length * others.length > MOST_PAIRS) return [];
    return ones.flatMap((one) =>
      others.flatMap((other) => {
        const score = likenessOf(one, other);
        return score === undefined ? [] : [{ one, other, score }];
      }),
    );
  });
  return bestPairs(scored);
}

/** How alike two objects of one kind are, apart from their names; undefined where they are two objects. */
function likenessOf(one: Entry, other: Entry): number | undefined {
  const [left, right] = [withoutName(one), withoutName(other)];
  const score = likeness(left, right);
  if (isOfOneStem(one.name.name, other.name.name)) {
    return HASHED.has(one.name.kind) || score >= LIKENESS_OF_STEM ? 1 + score : undefined;
  }
  // What has hardly any fields is alike by chance.
  return score >= LIKENESS && JSON.stringify(left).length > 40 ? score : undefined;
}

function isOfOneStem(one: string, other: string): boolean {
  const stem = one.replace(GENERATED, '');
  return stem !== one && stem !== '' && stem === other.replace(GENERATED, '') && other !== stem;
}

function withoutName({ object }: Entry): unknown {
  const { labels, annotations } = object.metadata;
  const rest = Object.entries(object).filter(([key]) => !['apiVersion', 'kind', 'metadata'].includes(key));
  return { ...Object.fromEntries(rest), ...(labels && { labels }), ...(annotations && { annotations }) };
}

function bestPairs(candidates: { one: Entry; other: Entry; score: number }[]): [Entry, Entry][] {
  const used = new Set<Entry>();
  const pairs: [Entry, Entry][] = [];
  candidates.sort(
    (a, b) =>
      b.score - a.score ||
      compare(a.one.file, b.one.file) ||
      compare(a.one.name.name, b.one.name.name) ||
      compare(a.other.name.name, b.other.name.name),
  );
  for (const { one, other } of candidates) {
    if (used.has(one) || used.has(other)) continue;
    used.add(one);
    used.add(other);
    pairs.push([one, other]);
  }
  return pairs;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
