import { patternOf, type Difference } from '../diff/difference';
import type { ObjectChange } from '../diff/object-change';
import { grouped } from '../grouped';

/** From this many objects on, one label that changes alike is one entry of its own. */
const MANY = 5;
const LABEL = /(^|\/)metadata\/(labels|annotations)\/[^/]|(^|\/)(matchLabels|selector)\/[^/]/;

/**
 * Takes a label or annotation that changes in the same way on many objects out of their changes, so that what else
 * changes in one of them is not buried, and the many are one line.
 */
export function splitUniformLabels(changes: readonly ObjectChange[]): readonly ObjectChange[] {
  const objects = new Map<string, number[]>();
  changes.forEach(({ kind, differences }, index) => {
    if (kind !== 'changed') return;
    for (const one of differences) {
      const id = idOf(one);
      if (id === undefined) continue;
      const known = objects.get(id);
      if (known) known.push(index);
      else objects.set(id, [index]);
    }
  });
  // Labels that change on the same objects are one entry together.
  const bundles = new Map<string, string>();
  for (const [id, found] of objects) if (found.length >= MANY) bundles.set(id, found.join(','));
  const bundleOf = (one: Difference): string => bundles.get(idOf(one) ?? '') ?? '';
  return changes.flatMap((change) => {
    if (change.kind !== 'changed') return [change];
    return [...grouped(change.differences, bundleOf).values()].map((differences) => ({ ...change, differences }));
  });
}

function idOf({ steps, before, after, isSecret }: Difference): string | undefined {
  const pattern = patternOf(steps);
  return isSecret || !LABEL.test(pattern) ? undefined : JSON.stringify([pattern, before ?? null, after ?? null]);
}
