import { asRecord } from '../../model/manifest/access';
import { formatLabelValue, type ItemStep } from './difference';
import { keyOf, type ListIdentity } from './list-identity';

/** Fields that a reader knows an item by, the best first; then whatever else is a scalar in it. */
const TELLING = ['name', 'alert', 'record', 'key', 'type', 'id', 'port', 'host', 'kind', 'path'];
const DEEPEST = 3;

/**
 * How an item is called: by its key, by a field that no other item of its list has the same, or by its index where
 * there is none or where the index is the identity.
 *
 * @param others the items of the same list
 * @param partner the same item on the other side, whose field must be equal for both to have one name
 */
export function labelOf(
  item: unknown,
  index: number,
  others: readonly unknown[],
  identity: ListIdentity,
  partner?: { readonly item: unknown; readonly others: readonly unknown[] },
): ItemStep {
  if (identity.keys) {
    return { label: identity.keys.map((key) => `${key}=${formatLabelValue(keyOf(item, key))}`).join(',') };
  }
  if (typeof item !== 'object' || item === null) {
    const isTold = !identity.isOrdered && others.filter((other) => other === item).length === 1;
    return { label: isTold ? `=${formatLabelValue(item)}` : String(index) };
  }
  // An item that comes to an ordered list or goes from it is where it is.
  if (identity.isOrdered && partner === undefined) return { label: String(index) };
  const named = telling(item).filter(([path, value]) => partner === undefined || keyOf(partner.item, path) === value);
  const [best] = named;
  const isTold = (fields: readonly (readonly [string, unknown])[], list: readonly unknown[]): boolean =>
    list.filter((other) => fields.every(([path, value]) => keyOf(other, path) === value)).length === 1;
  const candidates = [...named.map((field) => [field]), ...(best ? named.slice(1).map((field) => [best, field]) : [])];
  const found = candidates.find((fields) => isTold(fields, others) && (!partner || isTold(fields, partner.others)));
  if (found) return { label: found.map(([path, value]) => `${path}=${formatLabelValue(value)}`).join(',') };
  return { label: String(index) };
}

/** Scalars of an item by dotted path; keys with dots are left out, they would read as two. */
function telling(item: unknown): [string, unknown][] {
  const found = scalars(item, '', 0);
  const rank = (path: string): number => {
    const at = TELLING.indexOf(path.slice(path.lastIndexOf('.') + 1));
    return (at < 0 ? TELLING.length : at) + path.split('.').length * 100;
  };
  return found.sort(([one], [other]) => rank(one) - rank(other) || (one < other ? -1 : 1));
}

function scalars(value: unknown, prefix: string, depth: number): [string, unknown][] {
  return Object.entries(asRecord(value) ?? {}).flatMap(([key, child]): [string, unknown][] => {
    if (!/^[\w-]+$/.test(key)) return [];
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (asRecord(child)) return depth < DEEPEST ? scalars(child, path, depth + 1) : [];
    const isShort = typeof child === 'number' || (typeof child === 'string' && child.length <= 60);
    return isShort ? [[path, child]] : [];
  });
}
