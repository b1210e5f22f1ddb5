import type { PhaseId } from '../../model/platform/phase';
import { stepsOf, type StepCommit } from '../git/last-step';
import { untilBack } from './back-out';
import type { StepContext } from './context';
import { isPromotion, type PlannedStep } from './plan';
import { pinOnBranch } from './publish';
import type { StepResult } from './run-step';

/** What is to be done before the planned steps: nothing, a gate, or the rest of a back-out, which ends the rollout. */
export interface TakenUp {
  readonly gate?: PlannedStep;
  readonly backedOut?: StepResult;
}

/**
 * Goes on where rollouts that did not end have stopped. Git says how far they came: a step whose gate nobody saw pass is
 * held to it before the next one is made, and a step that was being taken back is not made again in the same breath.
 *
 * @param unfinished ids of those rollouts, from the Lease.
 */
export async function takeUp(
  context: StepContext,
  planned: readonly PlannedStep[],
  unfinished: ReadonlySet<string>,
): Promise<TakenUp> {
  const { clone, site, progress } = context;
  if (unfinished.size === 0) return {};
  await clone.fetch();
  const [last, ...earlier] = await stepsOf(clone, site.cluster.name, 2);
  const pinned = await pinOnBranch(context);
  if (last === undefined || !unfinished.has(last.trailers.rollout)) return {};
  const reverted = last.trailers.step === 'back-out' ? earlier[0] : undefined;
  const { from, to } = endsOf(reverted ?? last);
  if (reverted !== undefined) {
    if (from === 'none' || from !== pinned) return {};
    progress.say(`a rollout that did not end was taking ${to} back to ${from}: going on with that`);
    const step = { rollout: last.trailers.rollout, cluster: site.cluster.name, from, to };
    const backOut = await untilBack(context, from, await clone.catchUp());
    const why = 'its gate had not passed, and the rollout that took it back did not end';
    return { backedOut: { step, passed: false, why, diagnoses: [], runbooks: [], backOut } };
  }
  const next = planned[0];
  if (to !== pinned || next === undefined || next.from === next.to) return {};
  // Who turns round does not want to be held up by the gate of what he leaves.
  if (isPromotion({ from, to }) !== isPromotion(next)) return {};
  progress.say(`a rollout that did not end has made the step to ${to}: its gate comes first`);
  return { gate: { from: to, to } };
}

function endsOf({ trailers }: StepCommit): PlannedStep {
  const [from, to] = trailers.step.split('..');
  return { from: from as PhaseId | 'none', to: to as PhaseId };
}
