import { rolloutId } from '../git/trailers';
import { changesPools } from '../pools/node-counts';
import { nodesAreGone, nodesAreThere } from '../pools/wait-for-nodes';
import type { StepContext } from './context';
import type { PlannedStep } from './plan';
import { runStep, type StepResult } from './run-step';

/** Who is told how it goes, and asked whether the cluster is ready. */
export interface Observer {
  /** Before each step begins. */
  readonly onStep: (step: PlannedStep) => void;
  /** When a step is about to be made, or its gate watched, and no longer waits for nodes. */
  readonly onMake: () => void;
  /** After each gate, so that nothing is lost where a later step can't be made. */
  readonly onResult: (result: StepResult) => void;
  /** Preflight of a step once its nodes are there, or those of one before it; throws where it is not ready. */
  readonly mustBeReady: (step: PlannedStep) => Promise<void>;
}

/**
 * Makes the steps one after another; the first whose gate does not pass ends it. Nodes that only the new phase has are
 * waited for before a step, the end of those that it does not have after its gate, which is then looked at again.
 */
export async function rollOut(
  context: StepContext,
  steps: readonly PlannedStep[],
  { onStep, onMake, onResult, mustBeReady }: Observer,
): Promise<StepResult[]> {
  const { name: cluster } = context.site.cluster;
  const rollout = rolloutId(cluster, await context.clone.head());
  const results: StepResult[] = [];
  const run = async (step: PlannedStep): Promise<boolean> => {
    onMake();
    const result = await runStep(context, { rollout, cluster, ...step });
    results.push(result);
    onResult(result);
    return result.passed;
  };
  let exchanged = false;
  for (const step of steps) {
    if (context.stop.aborted) break;
    onStep(step);
    const { from, to } = step;
    if (from !== 'none' && changesPools(context.site, from, to)) {
      await nodesAreThere(context, from, to);
      exchanged = true;
    }
    if (exchanged) await mustBeReady(step);
    if (!(await run(step))) break;
    if ((await nodesAreGone(context, to)) && !(await run({ from: to, to }))) break;
  }
  return results;
}
