import { nearest } from '../../model/schema/nearest';
import type { ReportOptions } from '../rule';
import type { Member } from './member';
import type { ObjectSet, Target } from './object-set';

/** Among more names than these the search for the nearest takes longer than it helps. */
const MOST_NAMES = 500;

/**
 * How a reference to an object that is not there is reported: as `severity` where others of its kind stand beside the
 * one that names it, as a warning where they stand elsewhere in the PATH; else it is only information, since somebody
 * else may bring it.
 */
export function missing(
  set: ObjectSet,
  asking: Member,
  target: Target,
  severity: 'error' | 'warning' = 'error',
): ReportOptions & { readonly message: string } {
  const message = `names ${describeTarget(target)}, which is not in this set`;
  const certainty = set.certainty(asking, target);
  if (certainty === 'unknown')
    return { severity: 'info', message, fix: 'fine if somebody else brings it; else add it' };
  const known = set.inNamespace(target.group, target.kind, target.namespace).map(({ object }) => object.metadata.name);
  const names = [...new Set(known)];
  const meant = names.length > MOST_NAMES ? undefined : nearest(target.name, names);
  return {
    severity: certainty === 'sure' ? severity : 'warning',
    message,
    fix: meant === undefined ? 'correct the name, or add the object' : `did you mean ${meant}?`,
  };
}

export function describeTarget({ kind, namespace, name }: Target): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}
