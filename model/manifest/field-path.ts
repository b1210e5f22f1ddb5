import { at, type Keys } from './access';

/** Keys that would read as structure are quoted: `["app.kubernetes.io/name"]`. */
const PLAIN_KEY = /^[^.[\]/"\s]+$/;

/** What an item of a list is called by, in order of preference; a list that has neither is addressed by index. */
const ITEM_NAMES = ['name', 'mountPath', 'devicePath'] as const;

/**
 * The field as a person reads it: `spec.containers[name=app].resources.limits.cpu`. An item is called by its name
 * where the name is there and unique, since an index says nothing to a reader and changes with the order.
 *
 * @param root the object that `keys` start from
 */
export function formatFieldPath(root: unknown, keys: Keys): string {
  let path = '';
  let here: unknown = root;
  for (const key of keys) {
    if (typeof key === 'number') path += `[${itemName(here, key) ?? key}]`;
    else if (PLAIN_KEY.test(key)) path += path === '' ? key : `.${key}`;
    else path += `[${JSON.stringify(key)}]`;
    here = at(here, key);
  }
  return path;
}

function itemName(list: unknown, index: number): string | undefined {
  if (!Array.isArray(list)) return undefined;
  for (const field of ITEM_NAMES) {
    const name = at(list, index, field);
    if (typeof name !== 'string' || name === '') continue;
    const isUnique = list.every((other, position) => position === index || at(other, field) !== name);
    if (isUnique) return `${field}=${name}`;
  }
  return undefined;
}
