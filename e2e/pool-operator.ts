import type { PhaseId } from '../model/platform/phase';
import { createPools, drainPools } from './pools';
import type { Listener } from './rollout';
import type { Stage } from './stage';

/** The person, or pipeline, that creates and drains nodes when a rollout says what it waits for. */
export function poolOperator(stage: Stage): Listener {
  const done = new Set<string>();
  return async (line) => {
    const [found, wanted, surplus] = /nodes of (phase-\d)\b|nodes that (phase-\d) does not have/.exec(line) ?? [];
    if (found === undefined || done.has(found)) return;
    done.add(found);
    if (wanted !== undefined) await createPools(stage, wanted as PhaseId);
    if (surplus !== undefined) await drainPools(stage, surplus as PhaseId);
  };
}
