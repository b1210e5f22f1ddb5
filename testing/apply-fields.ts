import { load } from 'js-yaml';
import type { FieldChange } from '../review/review-model';

type Part =
  { readonly key: string } | { readonly index: number } | { readonly match: readonly (readonly [string, unknown])[] };
type Container = Record<string | number, unknown>;

/** Where an item of a set was, so that the indices of the others stay what they are. */
const GONE = Symbol('gone');

/**
 * Lists that the API takes as sets. In them an index is that of the old list; in a list whose order counts it is that of
 * the new one, as docs/review.md has it.
 */
const SETS = new RegExp(
  `^(${[
    ...[
      'ingress',
      'egress',
      'from',
      'to',
      'ports',
      'policyTypes',
      'except',
      'hosts',
      'rules',
      'principals',
      'exportTo',
    ],
    ...['match', 'route', 'gateways', 'metrics', 'policies', 'triggers', 'endpoints', 'podMetricsEndpoints', 'drop'],
    ...['matchExpressions', 'values', 'tolerations', 'nodeSelectorTerms', 'accessModes', 'verbs', 'resources'],
    ...['preferredDuringSchedulingIgnoredDuringExecution', 'requiredDuringSchedulingIgnoredDuringExecution'],
    ...['apiGroups', 'subjects', 'syncOptions', 'sourceRepos', 'destinations', 'ignoreDifferences', 'finalizers'],
    ...['clusterResourceWhitelist', 'namespaceResourceWhitelist', 'jsonPointers', 'secrets', 'operations'],
  ].join('|')})$`,
);

/** Rules of a Role are a set; those of Prometheus are evaluated one after another. */
function isSet(name: string, list: readonly unknown[]): boolean {
  return SETS.test(name) && !list.some((item) => typeof item === 'object' && item !== null && 'expr' in item);
}

/**
 * Applies reported fields to an object by their paths alone, as a reader of the JSON output would: first what goes and
 * comes and the new orders, from the outside in, then what changes. Written apart from the code that makes the paths.
 */
export function applyFields(object: unknown, fields: readonly FieldChange[]): unknown {
  const result = { root: structuredClone(object) };
  const parsed = fields.map((field) => ({ field, parts: parse(field.path) }));
  const isOrder = ({ before, after }: FieldChange): boolean =>
    Array.isArray(before) && Array.isArray(after) && sorted(before) === sorted(after);
  // The order of a list is on the level of its items.
  const depthOf = ({ field, parts }: (typeof parsed)[number]): number => parts.length + (isOrder(field) ? 1 : 0);
  const depths = [...new Set(parsed.map(depthOf))].sort((one, other) => one - other);
  for (const depth of depths) {
    const level = parsed.filter((one) => depthOf(one) === depth);
    const rest = level.filter(({ field }) => !isOrder(field));
    // From the back, so that an index still means what it meant in the old list.
    for (const { field, parts } of rest.filter((one) => one.field.after === null).reverse())
      change(result, parts, field);
    for (const { field, parts } of level.filter((one) => isOrder(one.field))) change(result, parts, field, 'order');
    for (const { field, parts } of rest.filter(({ field: { before, after } }) => before === null && after !== null)) {
      change(result, parts, field);
    }
  }
  // Paths name items as they were: all are looked up before the first change, which may be of what names an item.
  const changed = parsed.filter(({ field }) => field.before !== null && field.after !== null && !isOrder(field));
  const places = changed.map(({ field, parts }) => placesIn(result.root, parts, field));
  changed.forEach(({ field }, at) => {
    change(result, places[at] ?? [], field);
  });
  return withoutGone(result.root);
}

function withoutGone(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== GONE).map(withoutGone);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withoutGone(child)]));
}

/** The path with the index of each item that it names by its fields. */
function placesIn(value: unknown, parts: readonly Part[], field: FieldChange): Part[] {
  const [part, ...rest] = parts;
  if (!part) return [];
  if (typeof value === 'string') return placesIn(load(value), parts, field);
  if (!Array.isArray(value)) {
    return [part, ...placesIn('key' in part ? (value as Container | null)?.[part.key] : undefined, rest, field)];
  }
  const index = 'index' in part ? part.index : value.findIndex((item) => isMatch(item, part));
  if (index < 0) throw new Error(`${field.path}: no such item`);
  return [{ index }, ...placesIn(value[index], rest, field)];
}

function change(holder: { root: unknown }, parts: readonly Part[], field: FieldChange, mode?: 'order'): void {
  holder.root = update(holder.root, parts, field, mode);
}

function update(value: unknown, parts: readonly Part[], field: FieldChange, mode?: 'order', name = ''): unknown {
  const [part, ...rest] = parts;
  if (!part) return mode === 'order' ? reorder(value as unknown[], field) : field.after;
  if (typeof value === 'string') {
    // A path that goes on inside of text: the text is a document.
    return JSON.stringify(withoutGone(update(load(value), parts, field, mode)));
  }
  if (Array.isArray(value)) {
    const list = [...(value as unknown[])];
    if (rest.length === 0 && field.before === null) return withItem(list, part, field, isSet(name, list));
    const index = 'index' in part ? part.index : list.findIndex((item) => isMatch(item, part));
    if (index < 0 || index >= list.length) throw new Error(`${field.path}: no such item`);
    if (rest.length > 0 || field.after !== null) list[index] = update(list[index], rest, field, mode);
    else if (isSet(name, list)) list[index] = GONE;
    else list.splice(index, 1);
    return list;
  }
  const map: Container = { ...(value as Container | null) };
  if (!('key' in part)) throw new Error(`${field.path}: a map has no items`);
  const updated = update(map[part.key], rest, field, mode, part.key);
  if (updated === null && rest.length === 0) Reflect.deleteProperty(map, part.key);
  else map[part.key] = updated;
  return map;
}

function withItem(list: unknown[], part: Part, { after }: FieldChange, isSet: boolean): unknown[] {
  if ('index' in part && !isSet) list.splice(part.index, 0, after);
  else list.push(after);
  return list;
}

function isMatch(item: unknown, part: Part): boolean {
  if (!('match' in part) || item === GONE) return false;
  return part.match.every(([path, wanted]) => {
    const value =
      path === '' ? item : path.split('.').reduce<unknown>((here, key) => (here as Container | undefined)?.[key], item);
    return (value === undefined && path === 'protocol' ? 'TCP' : value) === wanted;
  });
}

/** What is gone has left the list by now, so its items are those of `before`, in that order, whatever is in them. */
function reorder(list: readonly unknown[], { before, after, path }: FieldChange): unknown[] {
  const names = (before as unknown[]).map((name) => JSON.stringify(name));
  if (names.length !== list.length) throw new Error(`${path}: ${names.length} names for ${list.length} items`);
  const free = new Set(names.keys());
  return (after as unknown[]).map((name) => {
    const index = [...free].find((at) => names[at] === JSON.stringify(name));
    if (index === undefined) throw new Error(`${path}: no item ${JSON.stringify(name)} to put in order`);
    free.delete(index);
    return list[index];
  });
}

function parse(path: string): readonly Part[] {
  const parts: Part[] = [];
  let rest = path;
  while (rest !== '') {
    const plain = /^\.?([^.[\]"]+)/.exec(rest);
    const quoted = /^\[("(?:[^"\\]|\\.)*")\]/.exec(rest);
    const index = /^\[(\d+)\]/.exec(rest);
    if (quoted) parts.push({ key: JSON.parse(quoted[1] ?? '') as string });
    else if (index) parts.push({ index: Number(index[1]) });
    else if (rest.startsWith('[')) {
      const match: [string, unknown][] = [];
      let inner = rest.slice(1);
      for (;;) {
        const found = /^([\w.-]*)=("(?:[^"\\]|\\.)*"|[^,\]]*)([,\]])/.exec(inner);
        if (!found) throw new Error(`${path} can not be read`);
        match.push([found[1] ?? '', scalar(found[2] ?? '')]);
        inner = inner.slice(found[0].length);
        if (found[3] === ']') break;
      }
      parts.push({ match });
      rest = inner;
      continue;
    } else if (plain) parts.push({ key: plain[1] ?? '' });
    else throw new Error(`${path} can not be read`);
    rest = rest.slice((quoted ?? index ?? plain)?.[0].length ?? 0);
  }
  return parts;
}

function scalar(text: string): unknown {
  if (text.startsWith('"')) return JSON.parse(text);
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text === 'true' ? true : text === 'false' ? false : text;
}

function sorted(list: readonly unknown[]): string {
  return JSON.stringify(list.map((item) => JSON.stringify(item)).sort());
}
