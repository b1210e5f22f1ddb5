import type { ScaleName } from '../model/scales';
import type { Arena } from './arena';
import { seeded } from './random';
import { placementOf, podsOf, runOrder, wantedAt } from './scale-answer';
import { schedule } from './scheduler';

/** What a rolling update of one owner needs beside everything else, which runs as before. */
export interface Rollout {
  readonly owner: string;
  readonly scale: ScaleName;
  /** Pods started before any old one stops. */
  readonly surge: number;
  readonly answer: 'exists' | 'impossible' | 'not found';
  readonly because?: string;
  /** Of the seeded orders in which everything else had its place: those that leave no room for the surge. */
  readonly stalls: number;
  readonly orders: number;
}

/**
 * One workload is updated at a time, as the waves of a sync do with none that depend on each other; both generations
 * count. Pods that run are not moved, so the model of the scheduler has more to say here than whether a placement
 * exists.
 */
export function rolloutsOf(arena: Arena, orders: number): Rollout[] {
  return (['minimum', 'maximum'] as const).flatMap((scale) => {
    const wanted = wantedAt(arena, scale);
    const boards = Array.from({ length: orders }, (_, seed) => runOrder(arena, podsOf(arena, wanted), seed))
      .filter(({ pending }) => pending.every(({ mayWait }) => mayWait))
      .map(({ board }) => board);
    return arena.groups.flatMap((group) => {
      const surge = group.source?.surge(group.pods[scale]) ?? 0;
      if (surge === 0 || group.pods[scale] === 0) return [];
      const more = wanted.map((pods, index) => (index === group.index ? pods + surge : pods));
      const { answer, because } = placementOf(arena, more).placement;
      const pods = Array.from({ length: surge }, () => group);
      const stalls = boards.filter((board, seed) => schedule(board.copy(), pods, seeded(seed)).pending.length > 0);
      return {
        owner: group.owner,
        scale,
        surge,
        answer,
        ...(because !== undefined && { because }),
        stalls: stalls.length,
        orders: boards.length,
      };
    });
  });
}
