import { patternOf, type Difference } from '../diff/difference';
import type { ObjectChange } from '../diff/object-change';

/** From this many objects on, one label that changes alike is one entry of its own. */
const MANY = 5;
const LABEL = /(^|\/)metadata\/(labels|annotations)\/[^/]|(^|\/)(matchLabels|selector)\/[^/]/;

/**
 * Takes a label or annotation that changes in the same way on many objects out of their changes, so that what else
 * changes in one of them is not buried, and the many are one line.
 */
export function splitUniformLabels(changes: readonly ObjectChange[]): readonly ObjectChange[] {
  const counts = new Map<string, number>();
  for (const { kind, differences } of changes) {
    if (kind !== 'changed') continue;
    for (const one of differences) {
      const id = idOf(one);
      if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return changes.flatMap((change) => {
    if (change.kind !== 'changed') return [change];
    const shared = change.differences.filter((one) => (counts.get(idOf(one) ?? '') ?? 0) >= MANY);
    if (shared.length === 0) return [change];
    const rest = change.differences.filter((one) => !shared.includes(one));
    const parts = shared.map((one) => ({ ...change, differences: [one] }));
    return rest.length === 0 ? parts : [...parts, { ...change, differences: rest }];
  });
}

function idOf({ steps, before, after, isSecret }: Difference): string | undefined {
  const pattern = patternOf(steps);
  return isSecret || !LABEL.test(pattern) ? undefined : JSON.stringify([pattern, before ?? null, after ?? null]);
}
