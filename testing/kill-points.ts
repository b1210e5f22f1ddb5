/** A write of a rollout at which it is killed, as testing/kill-at-write.mjs counts it. */
export interface KillPoint {
  readonly moment: 'before' | 'after';
  /** What it writes and to which object. */
  readonly name: string;
  /** How many pushes were begun before it: a refresh after the revert is not the one after the step. */
  readonly pushes: number;
  /** Which of the writes of that name since then, from 1. */
  readonly nth: number;
}

function isRefresh({ name }: Pick<KillPoint, 'name'>): boolean {
  return name.endsWith('(refresh)');
}

/** Whether every run comes by: all but what only a slow run repeats. */
export function isCertain(point: KillPoint): boolean {
  return point.nth === 1 && !point.name.endsWith('(end of operation)');
}

/**
 * Where a rollout is killed to see every state that it can leave, from the writes of one that was not. What is there after
 * one write is there before the next, so each place between two is come to from one side: after each write and before the
 * first, or before each and after the last. Of writes that a loop repeats the first, the second and the last are taken, and
 * of a later round of refreshes only its end.
 */
export function killPoints(writes: readonly string[], side: KillPoint['moment']): KillPoint[] {
  let pushes = 0;
  const counts = new Map<string, number>();
  const places = writes.map((name) => {
    const key = `${pushes} ${name}`;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    const place = { key, name, pushes, nth };
    if (name === 'git push') pushes += 1;
    return place;
  });
  const kept = places.filter((place, index) => {
    const next = places[index + 1];
    if (place.nth > 2 && place.nth < (counts.get(place.key) ?? 0)) return false;
    return !(place.nth > 1 && isRefresh(place) && next !== undefined && isRefresh(next) && next.nth === place.nth);
  });
  const points = kept.map(({ name, pushes, nth }): KillPoint => ({ moment: side, name, pushes, nth }));
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  return side === 'after' ? [{ ...first, moment: 'before' }, ...points] : [...points, { ...last, moment: 'after' }];
}

/** The value of KILL_AT. */
export function killAt({ moment, nth, pushes, name }: KillPoint): string {
  return `${moment} ${nth} ${pushes} ${name}`;
}
