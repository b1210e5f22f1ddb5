import type { Cluster } from '../../model/platform/cluster';
import { isSince, type PhaseId } from '../../model/platform/phase';
import { CannotRollOut } from '../problem';

/** One step: from a phase to its neighbour; both the same where the cluster is there and only its gate is asked. */
export interface PlannedStep {
  readonly from: PhaseId | 'none';
  readonly to: PhaseId;
}

/**
 * The steps to a phase, one phase at a time, up or down.
 *
 * @param rendered phases that exist, in order.
 * @throws CannotRollOut where the cluster has no part in the phase, or it is not built.
 */
export function planSteps(
  cluster: Cluster,
  pinned: PhaseId | 'none',
  target: PhaseId,
  rendered: readonly PhaseId[],
): PlannedStep[] {
  const phases = rendered.filter((phase) => isSince(cluster.since, phase));
  const end = phases.indexOf(target);
  if (end < 0) {
    throw new CannotRollOut(
      rendered.includes(target) ? `${cluster.name} takes part from ${cluster.since} on` : `${target} is not built yet`,
      phases.length === 0 ? 'choose another cluster' : `--to with one of ${phases.join(', ')}`,
    );
  }
  if (pinned === target) return [{ from: target, to: target }];
  const steps: PlannedStep[] = [];
  let at = pinned === 'none' ? -1 : phases.indexOf(pinned);
  while (at !== end) {
    const next = at < end ? at + 1 : at - 1;
    const to = phases[next];
    if (to === undefined) break;
    steps.push({ from: phases[at] ?? 'none', to });
    at = next;
  }
  return steps;
}

/** Whether a step goes to a later phase: going back is always allowed. */
export function isPromotion({ from, to }: PlannedStep): boolean {
  return from === 'none' || from < to;
}
