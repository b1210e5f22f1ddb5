import { subjectOf, type ObjectChange } from '../diff/object-change';
import { grouped } from '../grouped';
import type { EffectRule } from './consequence';

/** Beyond this part of a folder's objects, a removal is more likely a broken render than a wish. */
const LARGE_PART = 0.5;
const LEAST = 4;

const removedByPlace = new WeakMap<readonly ObjectChange[], Map<string, ObjectChange[]>>();

/**
 * A folder that loses most of what is in it: Argo CD prunes half of the objects without a word, and keeps all of them
 * only where nothing at all is left.
 */
export const emptied: EffectRule = function* (change, { base, head, changes }) {
  if (change.kind !== 'removed' || change.promotion !== undefined) return;
  let places = removedByPlace.get(changes);
  if (!places) {
    const gone = changes.filter(({ kind, promotion }) => kind === 'removed' && promotion === undefined);
    places = grouped(gone, (one) => subjectOf(one).place);
    removedByPlace.set(changes, places);
  }
  const { place } = subjectOf(change);
  const count = places.get(place)?.length ?? 0;
  const before = base.reader.in(place).length;
  if (count < LEAST || count < before * LARGE_PART) return;
  const isEmpty = head.reader.in(place).length === 0;
  const reason = isEmpty
    ? `${place} has no object any more, before ${before}: is the folder meant to go?`
    : `${place} loses ${count} of ${before} objects: Argo CD prunes them at once and stays Synced`;
  yield { effect: 'prune', risk: 'high', reason, fields: [] };
};
