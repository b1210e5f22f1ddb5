import { diffArrays } from 'diff';
import { keyOf, type ListIdentity } from './list-identity';

/** Which items of two lists are the same item, by index; `left` and `right` have no partner. */
export interface ItemMatch {
  readonly pairs: readonly (readonly [number, number])[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** True where the pairs stand in another order on the other side. */
  readonly isReordered: boolean;
}

/** Asks whether two items mean the same. */
export type IsSame = (before: unknown, after: unknown) => boolean;

/** Items that share at least this part of their fields are one item that changed. */
const LIKENESS = 0.5;
/** Beyond this many unmatched items on both sides together, likeness is not worked out for every pair. */
const MOST_COMPARED = 400;

/** Finds the partner of each item: by key, by content, and what is left over by likeness. */
export function matchItems(
  before: readonly unknown[],
  after: readonly unknown[],
  identity: ListIdentity,
  isSame: IsSame,
): ItemMatch {
  const pairs: [number, number][] = identity.keys
    ? matchByKey(before, after, identity.keys)
    : matchByContent(before, after, identity.isOrdered, isSame);
  const taken = [new Set(pairs.map(([left]) => left)), new Set(pairs.map(([, right]) => right))] as const;
  let left = indices(before).filter((index) => !taken[0].has(index));
  let right = indices(after).filter((index) => !taken[1].has(index));
  for (const [one, other] of matchByLikeness(before, after, left, right)) {
    pairs.push([one, other]);
    left = left.filter((index) => index !== one);
    right = right.filter((index) => index !== other);
  }
  pairs.sort(([, one], [, other]) => one - other);
  const isReordered = pairs.some(([index], position) => position > 0 && index < (pairs[position - 1]?.[0] ?? -1));
  return { pairs, left, right, isReordered };
}

function matchByKey(
  before: readonly unknown[],
  after: readonly unknown[],
  keys: readonly string[],
): [number, number][] {
  const id = (item: unknown): string => keys.map((key) => String(keyOf(item, key))).join('\n');
  const places = new Map(before.map((item, index) => [id(item), index]));
  return after.flatMap((item, index) => {
    const place = places.get(id(item));
    return place === undefined ? [] : [[place, index] as [number, number]];
  });
}

function matchByContent(
  before: readonly unknown[],
  after: readonly unknown[],
  isOrdered: boolean,
  isSame: IsSame,
): [number, number][] {
  const pairs: [number, number][] = [];
  const free = [new Set(indices(before)), new Set(indices(after))] as const;
  const take = (left: number, right: number): void => {
    pairs.push([left, right]);
    free[0].delete(left);
    free[1].delete(right);
  };
  // What stayed where it was, then what only shifted; the rest may have moved.
  if (before.length === after.length) {
    for (const index of indices(before)) if (isSame(before[index], after[index])) take(index, index);
  } else if (isOrdered) {
    for (const [left, right] of alignment(before, after, isSame)) take(left, right);
  }
  for (const left of [...free[0]]) {
    for (const right of free[1]) {
      if (isSame(before[left], after[right])) {
        take(left, right);
        break;
      }
    }
  }
  return pairs;
}

/** The longest common part, in order. */
function alignment(before: readonly unknown[], after: readonly unknown[], isSame: IsSame): [number, number][] {
  const pairs: [number, number][] = [];
  let left = 0;
  let right = 0;
  for (const part of diffArrays([...before], [...after], { comparator: isSame })) {
    const length = part.value.length;
    if (!part.added && !part.removed)
      for (let step = 0; step < length; step += 1) pairs.push([left + step, right + step]);
    if (!part.added) left += length;
    if (!part.removed) right += length;
  }
  return pairs;
}

function matchByLikeness(
  before: readonly unknown[],
  after: readonly unknown[],
  left: readonly number[],
  right: readonly number[],
): [number, number][] {
  const [oneLeft, oneRight] = [left[0], right[0]];
  if (oneLeft === undefined || oneRight === undefined) return [];
  // One text or number in place of another.
  if (left.length === 1 && right.length === 1 && leafCount(before[oneLeft]) <= 1 && leafCount(after[oneRight]) <= 1) {
    return isAlikeInKind(before[oneLeft], after[oneRight]) ? [[oneLeft, oneRight]] : [];
  }
  if (left.length + right.length > MOST_COMPARED) return [];
  const candidates = left.flatMap((one) =>
    right.map((other) => ({ one, other, score: likeness(before[one], after[other]) })),
  );
  candidates.sort(
    (a, b) => b.score - a.score || Math.abs(a.one - a.other) - Math.abs(b.one - b.other) || a.one - b.one,
  );
  const used = [new Set<number>(), new Set<number>()] as const;
  const pairs: [number, number][] = [];
  for (const { one, other, score } of candidates) {
    if (score < LIKENESS || used[0].has(one) || used[1].has(other)) continue;
    used[0].add(one);
    used[1].add(other);
    pairs.push([one, other]);
  }
  return pairs;
}

/** The part of the fields of both that is equal, from 0 to 1. Flags of one name (`--level=…`) are half alike. */
export function likeness(before: unknown, after: unknown): number {
  if (typeof before === 'string' && typeof after === 'string') {
    if (before === after) return 1;
    const flag = /^--?[\w.-]+(?==)/.exec(before)?.[0];
    return flag !== undefined && after.startsWith(`${flag}=`) ? LIKENESS : 0;
  }
  const [one, other] = [leavesOf(before), leavesOf(after)];
  const size = Math.max(one.length, other.length);
  if (size === 0) return 0;
  const left = new Map<string, number>();
  for (const leaf of one) left.set(leaf, (left.get(leaf) ?? 0) + 1);
  let equal = 0;
  for (const leaf of other) {
    const count = left.get(leaf) ?? 0;
    if (count > 0) equal += 1;
    left.set(leaf, count - 1);
  }
  return equal / size;
}

function isAlikeInKind(before: unknown, after: unknown): boolean {
  return (typeof before === 'object') === (typeof after === 'object') && Array.isArray(before) === Array.isArray(after);
}

function leafCount(value: unknown): number {
  return leavesOf(value).length;
}

/** Scalars with their paths, without the index of an item; of text with several lines every line counts. */
function leavesOf(value: unknown, path = ''): string[] {
  if (typeof value === 'string' && value.includes('\n')) return value.split('\n').map((line) => `${path}\n${line}`);
  if (typeof value !== 'object' || value === null) return [`${path}=${typeof value} ${String(value)}`];
  if (Array.isArray(value))
    return value.length === 0 ? [`${path}=[]`] : value.flatMap((item) => leavesOf(item, `${path}/*`));
  const entries = Object.entries(value);
  return entries.length === 0 ? [`${path}={}`] : entries.flatMap(([key, child]) => leavesOf(child, `${path}/${key}`));
}

function indices(list: readonly unknown[]): number[] {
  return [...list.keys()];
}
