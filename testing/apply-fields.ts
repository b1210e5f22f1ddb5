import { load } from 'js-yaml';
import type { FieldChange } from '../review/review-model';

type Part =
  { readonly key: string } | { readonly index: number } | { readonly match: readonly (readonly [string, unknown])[] };
type Container = Record<string | number, unknown>;

/**
 * Applies reported fields to an object by their paths alone, as a reader of the JSON output would: removals first,
 * then new orders, then what comes, then what changes. Written apart from the code that makes the paths.
 */
export function applyFields(object: unknown, fields: readonly FieldChange[]): unknown {
  const result = { root: structuredClone(object) };
  const isOrder = ({ before, after }: FieldChange): boolean =>
    Array.isArray(before) && Array.isArray(after) && sorted(before) === sorted(after);
  const isGone = ({ after }: FieldChange): boolean => after === null;
  const isNew = ({ before }: FieldChange): boolean => before === null;
  const orders = fields.filter(isOrder);
  const rest = fields.filter((field) => !isOrder(field));
  // From the back, so that an index still means what it meant in the old list.
  for (const field of rest.filter(isGone).reverse()) change(result, parse(field.path), field);
  for (const field of orders) change(result, parse(field.path), field, 'order');
  for (const field of rest.filter((one) => !isGone(one) && isNew(one))) change(result, parse(field.path), field);
  for (const field of rest.filter((one) => !isGone(one) && !isNew(one))) change(result, parse(field.path), field);
  return result.root;
}

function change(holder: { root: unknown }, parts: readonly Part[], field: FieldChange, mode?: 'order'): void {
  holder.root = update(holder.root, parts, field, mode);
}

function update(value: unknown, parts: readonly Part[], field: FieldChange, mode?: 'order'): unknown {
  const [part, ...rest] = parts;
  if (!part) return mode === 'order' ? reorder(value as unknown[], field.after as unknown[]) : field.after;
  if (typeof value === 'string') {
    // A path that goes on inside of text: the text is a document.
    return JSON.stringify(update(load(value), parts, field, mode));
  }
  if (Array.isArray(value)) return updateList([...(value as unknown[])], part, rest, field, mode);
  const map: Container = { ...(value as Container | null) };
  if (!('key' in part)) throw new Error(`${field.path}: a map has no items`);
  const updated = update(map[part.key], rest, field, mode);
  if (updated === null && rest.length === 0) Reflect.deleteProperty(map, part.key);
  else map[part.key] = updated;
  return map;
}

function updateList(list: unknown[], part: Part, rest: readonly Part[], field: FieldChange, mode?: 'order'): unknown[] {
  if (rest.length === 0 && field.before === null) {
    if ('index' in part) list.splice(part.index, 0, field.after);
    else list.push(field.after);
    return list;
  }
  const index = 'index' in part ? part.index : list.findIndex((item) => isMatch(item, part));
  if (index < 0 || index >= list.length) throw new Error(`${field.path}: no such item`);
  if (rest.length === 0 && field.after === null) list.splice(index, 1);
  else list[index] = update(list[index], rest, field, mode);
  return list;
}

function isMatch(item: unknown, part: Part): boolean {
  if (!('match' in part)) return false;
  return part.match.every(([path, wanted]) => {
    const value =
      path === '' ? item : path.split('.').reduce<unknown>((here, key) => (here as Container | undefined)?.[key], item);
    return (value === undefined && path === 'protocol' ? 'TCP' : value) === wanted;
  });
}

function reorder(list: readonly unknown[], names: readonly unknown[]): unknown[] {
  const nameOf = (item: unknown): string => {
    const named = typeof names[0] === 'object' ? item : keyOf(item, names);
    return JSON.stringify(named);
  };
  const left = [...list];
  const placed = names.map((name) => {
    const index = left.findIndex((item) => nameOf(item) === JSON.stringify(name));
    if (index < 0) throw new Error(`no item ${JSON.stringify(name)} to put in order`);
    return left.splice(index, 1)[0];
  });
  return [...placed, ...left];
}

/** Items of a list of maps are named by one of their fields, whichever holds the names. */
function keyOf(item: unknown, names: readonly unknown[]): unknown {
  if (typeof item !== 'object' || item === null) return item;
  return Object.entries(item).find(
    ([key, value]) => names.includes(value) && /^(name|mountPath|devicePath|ip|id|key)$/.test(key),
  )?.[1];
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
