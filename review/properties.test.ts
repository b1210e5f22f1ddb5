import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { podOf } from '../checks/pods';
import type { KubeObject } from '../model/kube-object';
import { parseDocuments } from '../model/manifest/parse';
import { loadSchemas } from '../model/schema/load';
import { applyFields } from '../testing/apply-fields';
import { reviewed } from '../testing/reviewed';
import { ObjectComparison } from './diff/compare';
import type { FieldChange, Review } from './review-model';

const DIST = path.join(__dirname, '..', 'dist');
const objects = readdirSync(DIST, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml') && file.includes('europe-west4'))
  .sort()
  .map((file) => parseDocuments(readFileSync(path.join(DIST, file), 'utf8'))[0] as KubeObject);
const anyObject = fc.constantFrom(...objects);

type Node = Record<string | number, unknown>;
/** Where a scalar is: the map or list that holds it, its key there, and the keys from the top. */
interface Leaf {
  readonly holder: Node;
  readonly key: string | number;
  readonly keys: readonly (string | number)[];
}

function leavesOf(value: unknown, keys: readonly (string | number)[] = []): Leaf[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]): Leaf[] => {
    const key = Array.isArray(value) ? Number(name) : name;
    const here = [...keys, key];
    return typeof child === 'object' && child !== null
      ? leavesOf(child, here)
      : [{ holder: value as Node, key, keys: here }];
  });
}

/** Scalars that are not the identity of the object. */
function changeable(object: KubeObject): Leaf[] {
  const identity = ['apiVersion', 'kind', 'metadata/name', 'metadata/namespace'];
  return leavesOf(object).filter(({ keys }) => !identity.includes(keys.join('/')));
}

function mutate({ holder, key }: Leaf, salt: number): void {
  const value = holder[key];
  if (typeof value === 'number') holder[key] = value + 1 + salt;
  else if (typeof value === 'boolean') holder[key] = !value;
  else holder[key] = `${String(value)}x${salt}`;
}

function write(...all: readonly KubeObject[]): string {
  return all.map((one) => dump(one, { lineWidth: -1, noRefs: true })).join('---\n');
}

function realFields({ changes }: Review): readonly FieldChange[] {
  return changes.flatMap(({ fields }) => fields.filter(({ effect }) => effect !== 'none'));
}

const shuffledKeys = (value: unknown, random: () => number): unknown => {
  if (Array.isArray(value)) return value.map((item) => shuffledKeys(item, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, child]) => [key, shuffledKeys(child, random)] as const);
  return Object.fromEntries(shuffle(entries, random));
};

function shuffle<Item>(list: readonly Item[], random: () => number): Item[] {
  return list
    .map((item) => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

/** Lists whose order says nothing to the API server, outside of pod templates; written out, not asked of the code. */
const UNORDERED =
  /^spec\/(ports|metrics|policyTypes|triggers|podMetricsEndpoints|ingress|egress|rules|hosts)$|^metadata\/finalizers$/;

function shuffledLists(value: unknown, random: () => number, keys: readonly string[] = []): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => shuffledLists(item, random, keys));
    return UNORDERED.test(keys.join('/')) ? shuffle(items, random) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, shuffledLists(child, random, [...keys, key])]),
  );
}

const random = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));

describe('properties of the diff, on everything that is rendered', () => {
  test('an object beside itself is no difference', () => {
    for (const one of objects) {
      expect(new ObjectComparison(loaded, (object) => podOf(object)?.keys).compare(one, structuredClone(one))).toEqual(
        [],
      );
    }
  });

  test('keys, documents and unordered lists in any order change nothing', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyObject, { minLength: 1, maxLength: 3 }), random, (some, stream) => {
        const next = (): number => (stream.next().value as number | undefined) ?? 0;
        const unique = [...new Map(some.map((one) => [`${one.kind}/${one.metadata.name}`, one])).values()];
        const other = shuffle(unique, next).map((one) => shuffledLists(shuffledKeys(one, next), next) as KubeObject);
        expect(reviewed(write(...unique), write(...other)).changes).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('one scalar that changes is reported exactly once, with both values', () => {
    fc.assert(
      fc.property(anyObject, fc.nat(), fc.integer({ min: 1, max: 99 }), (base, pick, salt) => {
        const head = structuredClone(base);
        const leaves = changeable(head);
        const leaf = leaves[pick % leaves.length];
        if (!leaf) return;
        const before = leaf.holder[leaf.key];
        mutate(leaf, salt);
        const fields = realFields(reviewed(write(base), write(head)));
        expect(fields.map((field) => [field.before, field.after])).toEqual([[before, leaf.holder[leaf.key]]]);
      }),
      { numRuns: 300 },
    );
  });

  test('the reported fields, applied to the old object, make the new one', () => {
    const edit = fc.record({
      kind: fc.constantFrom('mutate', 'drop', 'swap', 'copy'),
      at: fc.nat(),
      salt: fc.integer({ min: 1, max: 99 }),
    });
    fc.assert(
      fc.property(anyObject, fc.array(edit, { minLength: 1, maxLength: 6 }), (base, edits) => {
        const head = structuredClone(base);
        for (const { kind, at, salt } of edits) {
          const leaves = changeable(head);
          const leaf = leaves[at % leaves.length];
          if (!leaf) continue;
          const list = listOf(head, leaf.keys);
          if (kind === 'mutate' || !list) mutate(leaf, salt);
          else if (kind === 'drop' && list.length > 1) list.splice(salt % list.length, 1);
          else if (kind === 'swap') list.push(...list.splice(0, 1));
          else list.splice(salt % (list.length + 1), 0, salted(list[0], salt));
        }
        const fields = reviewed(write(base), write(head)).changes.flatMap((change) => change.fields);
        const applied = applyFields(base, fields) as KubeObject;
        expect(canonical(applied)).toEqual(canonical(head));
        // And lists whose order is their meaning have it.
        expect(orderedLists(applied)).toEqual(orderedLists(head));
      }),
      { numRuns: 300 },
    );
  });
});

const loaded = loadSchemas();

/** Every list of these names, anywhere; the lists among themselves are sorted, their items are not. */
function orderedLists(value: unknown, key = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value) && /^(args|command|envFrom|http)$/.test(key)) return [JSON.stringify(value.map(canonical))];
  return Object.entries(value)
    .flatMap(([name, child]) => orderedLists(child, name))
    .sort();
}

/** The innermost list around a field, if any. */
function listOf(object: unknown, keys: readonly (string | number)[]): unknown[] | undefined {
  let here = object;
  let found: unknown[] | undefined;
  for (const key of keys) {
    if (Array.isArray(here)) found = here;
    here = (here as Node)[key];
  }
  return found;
}

/** A copy of an item with every text in it changed, so that its keys are its own. */
function salted(item: unknown, salt: number): unknown {
  if (typeof item === 'string') return `${item}y${salt}`;
  if (typeof item === 'number') return item + 1000 + salt;
  if (Array.isArray(item)) return item.map((one) => salted(one, salt));
  if (typeof item !== 'object' || item === null) return item;
  return Object.fromEntries(Object.entries(item).map(([key, child]) => [key, salted(child, salt)]));
}

/** Without the order of keys and items; documents in text as what they hold. */
function canonical(value: unknown): unknown {
  if (typeof value === 'string' && /^\s*[[{]/.test(value)) {
    try {
      return canonical(JSON.parse(value) as unknown);
    } catch {
      return value;
    }
  }
  if (Array.isArray(value))
    return value.map(canonical).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, child]) => [key, canonical(child)]),
  );
}
