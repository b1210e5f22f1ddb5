import { rolloutId } from '../git/trailers';
import type { StepContext } from './context';
import type { PlannedStep } from './plan';
import { runStep, type StepResult } from './run-step';

/**
 * Makes the steps one after another; the first whose gate does not pass ends it.
 *
 * @param onStep is told before each step begins.
 */
export async function rollOut(
  context: StepContext,
  steps: readonly PlannedStep[],
  onStep: (step: PlannedStep) => void,
): Promise<StepResult[]> {
  const cluster = context.site.cluster.name;
  const rollout = rolloutId(cluster, await context.clone.head());
  const results: StepResult[] = [];
  for (const step of steps) {
    if (context.stop.aborted) break;
    onStep(step);
    const result = await runStep(context, { rollout, cluster, ...step });
    results.push(result);
    if (!result.passed) break;
  }
  return results;
}
