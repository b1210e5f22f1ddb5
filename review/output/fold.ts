import { grouped } from '../grouped';
import type { Change } from '../review-model';
import { alikeKey } from './field-text';

/** From this many on, entries that say the same are told as one. */
const MANY = 3;
const MOST_SHAPES = 3;

/** Entries that are told together; the first one speaks for all. */
export interface Fold {
  readonly first: Change;
  readonly changes: readonly Change[];
  readonly kind: 'one' | 'whole objects' | 'alike';
}

/**
 * Tells entries together that differ only in what they are about: new or removed objects of one folder, and objects
 * in which the same key goes from the same value to the same value in other places of a list. The JSON output has
 * every one of them.
 */
export function foldChanges(changes: readonly Change[]): readonly Fold[] {
  const folds = grouped(changes, foldKey);
  const done = new Set<string>();
  return changes.flatMap((change): Fold[] => {
    const key = foldKey(change);
    const group = folds.get(key) ?? [];
    if (key === '' || group.length < MANY) return [{ first: change, changes: [change], kind: 'one' }];
    if (done.has(key)) return [];
    done.add(key);
    return [{ first: change, changes: group, kind: change.fields.length === 0 ? 'whole objects' : 'alike' }];
  });
}

function foldKey({ kind, risk, reasons, places, fields, object }: Change): string {
  const folders = [...new Set(places.map(({ place }) => place))];
  if ((kind === 'added' || kind === 'removed') && fields.length === 0)
    return JSON.stringify([kind, risk, reasons, folders]);
  if (kind !== 'changed') return '';
  const shapes = [...new Set(fields.map(alikeKey))].sort();
  return shapes.length > MOST_SHAPES ? '' : JSON.stringify([kind, risk, reasons, folders, object.kind, shapes]);
}
