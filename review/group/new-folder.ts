import { identityOf } from '../../model/kube-object';
import type { ObjectComparison } from '../diff/compare';
import { formatSteps } from '../diff/difference';
import { subjectOf, type ObjectChange } from '../diff/object-change';
import { grouped } from '../grouped';
import type { Entry, ObjectReader } from '../source/objects';
import { shortValue } from './values';

/** A new folder is told by an old one where at least this part of its objects stands there too. */
const LIKENESS = 0.5;
const MOST_NAMED = 4;

/**
 * Says of each folder that is new as a whole which other folder it is like, and what is different there: a cluster
 * that is added is the objects of another one, but for a few fields.
 */
export function newFolderNotes(
  changes: readonly ObjectChange[],
  base: ObjectReader,
  head: ObjectReader,
  comparison: ObjectComparison,
): readonly string[] {
  // Where nothing was before, everything is new.
  if (base.places().every((place) => base.in(place).length === 0)) return [];
  const added = changes.filter(({ kind, promotion }) => kind === 'added' && promotion === undefined);
  const places = [...grouped(added, (change) => subjectOf(change).place)].filter(
    ([place, { length }]) => length >= 2 && base.in(place).length === 0,
  );
  return places.map(([place, objects]) => {
    const counts = `${place} is new: ${objects.length} objects`;
    const model = modelOf(place, objects.map(subjectOf), base, head);
    return model === undefined ? counts : `${counts}, ${likeText(model, objects.map(subjectOf), head, comparison)}`;
  });
}

/** The folder of the same name elsewhere that shares most objects. */
function modelOf(place: string, entries: readonly Entry[], base: ObjectReader, head: ObjectReader): string | undefined {
  const identities = new Set(entries.map(({ object }) => identityOf(object)));
  const last = place.slice(place.lastIndexOf('/') + 1);
  const scored = head
    .places()
    .filter((other) => base.in(other).length > 0 && other.slice(other.lastIndexOf('/') + 1) === last)
    .map((other) => {
      const shared = head.in(other).filter(({ object }) => identities.has(identityOf(object))).length;
      const near = commonParts(place, other);
      return { other, shared, near };
    })
    .filter(({ shared }) => shared >= entries.length * LIKENESS)
    .sort((a, b) => b.shared - a.shared || b.near - a.near || (a.other < b.other ? -1 : 1));
  return scored[0]?.other;
}

function commonParts(one: string, other: string): number {
  const parts = other.split('/');
  return one.split('/').filter((part) => parts.includes(part)).length;
}

function likeText(model: string, entries: readonly Entry[], head: ObjectReader, comparison: ObjectComparison): string {
  const there = new Map(head.in(model).map((entry) => [identityOf(entry.object), entry]));
  const differing: string[] = [];
  const extra: string[] = [];
  for (const entry of entries) {
    const old = there.get(identityOf(entry.object));
    there.delete(identityOf(entry.object));
    const title = `${entry.object.kind} ${entry.name.name}`;
    if (!old) {
      extra.push(title);
      continue;
    }
    const fields = comparison.compare(old.object, entry.object).filter(({ harmless }) => harmless === undefined);
    const [first] = fields;
    if (!first) continue;
    const value = first.isSecret ? '' : ` ${shortValue(first.before)} → ${shortValue(first.after)}`;
    const more = fields.length > 1 ? ` and ${fields.length - 1} more` : '';
    differing.push(`${title} (${formatSteps(first.steps)}${value}${more})`);
  }
  const missing = [...there.values()].map(({ object, name }) => `${object.kind} ${name.name}`);
  const parts = [
    ...(differing.length > 0 ? [`${differing.length} differ: ${named(differing)}`] : []),
    ...(extra.length > 0 ? [`only here: ${named(extra)}`] : []),
    ...(missing.length > 0 ? [`only there: ${named(missing)}`] : []),
  ];
  return `as in ${model}${parts.length === 0 ? ', all the same' : `; ${parts.join('; ')}`}`;
}

function named(list: readonly string[]): string {
  const rest = list.length - MOST_NAMED;
  return `${list.slice(0, MOST_NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
