import type { PhaseId } from '../../model/platform/phase';
import { desiredObjects } from '../cluster/desired';
import { diagnose, type Diagnosis } from '../diagnosis/diagnose';
import { missingOf } from '../gates/carried-out';
import { takeSample, type Sample } from '../gates/sample';
import { stepName, type Step } from '../git/publish-step';
import { commitRevert } from '../git/revert-step';
import { refreshAll, endOldOperation } from './argocd';
import type { StepContext } from './context';
import { bringToBranch } from './publish';

/** How a back-out ended. */
export interface BackOut {
  /** The revert on the branch; undefined where nobody has merged it. */
  readonly revert?: string;
  /** Whether the old state is back and everything healthy. */
  readonly healthy: boolean;
  /** What is not as it should be, where it is not healthy. */
  readonly missing: readonly string[];
  readonly diagnoses: readonly Diagnosis[];
}

const LOOK_EVERY_MS = 2000;

/** Time in which an operation that can take up a new commit has done so: it takes 4 to 7 s. */
const PATIENCE_MS = 8000;

/** A refresh that comes while Argo CD compares is lost. */
const NUDGE_EVERY_MS = 5000;

/**
 * Takes a step back: reverts its commit on the branch, ends operations of Argo CD that still carry out the step, and
 * waits until the old phase is back and healthy. Nothing but Git and Argo CD touches a workload.
 *
 * @param sha the step's commit. @param why one line for the revert's message.
 */
export async function backOut(
  context: StepContext,
  step: Step & { readonly from: PhaseId },
  sha: string,
  why: string,
): Promise<BackOut> {
  const { clone, tools } = context;
  // A stop has done its work; a back-out is never stopped half way.
  const going: StepContext = { ...context, stop: new AbortController().signal };
  const revert = await bringToBranch(
    going,
    {
      branch: `aia-rollout/${step.rollout}-back-out`,
      subject: `Revert "${step.cluster}: ${step.from} to ${step.to}"`,
      body: `Backs out ${stepName(step)} of ${step.rollout}: ${why}`,
      pin: step.from,
    },
    () => commitRevert(clone, step, sha, why, tools),
  );
  return untilBack(going, step.from, revert ?? (await clone.catchUp()));
}

/**
 * Ends operations of Argo CD that still carry out an older commit, and waits until a phase is back and healthy.
 *
 * @param from the phase that was left. @param target the commit that brings it back.
 */
export async function untilBack(context: StepContext, from: PhaseId, target: string): Promise<BackOut> {
  const { clone, site, clock, progress, live } = context;
  const going: StepContext = { ...context, stop: new AbortController().signal };
  const isAtOrAfter = (revision: string): Promise<boolean> => clone.contains(revision, target);
  const desired = desiredObjects(clone.root, from, site.cluster.name);
  const begin = clock.now();
  const limit = site.platform.gates.backOutMinutes * 60_000;
  let nudged = -Infinity;
  let ended = begin;
  for (;;) {
    const now = clock.now();
    if (now - nudged >= NUDGE_EVERY_MS) {
      nudged = now;
      await refreshAll(going);
    }
    if (now - ended >= PATIENCE_MS) {
      const application = await endOldOperation(going, isAtOrAfter);
      if (application !== undefined) {
        progress.say(`${application} was still carrying out the step: its operation is ended`);
        nudged = -Infinity;
        ended = now;
      }
    }
    const sample = await takeSample(live, site, desired);
    const { sync, pods } = await missingOf(sample, site, from, isAtOrAfter);
    const missing = [...sync, ...pods, ...unhealthy(sample)];
    if (missing.length === 0) return { revert: target, healthy: true, missing: [], diagnoses: [] };
    if (now - begin >= limit) {
      const diagnoses = await diagnose(live, site.platform.settings.namespace, sample);
      return { revert: target, healthy: false, missing, diagnoses };
    }
    progress.waiting(`${from} to be back: ${missing.join(', ')}`, now - begin, limit);
    await clock.sleep(LOOK_EVERY_MS);
  }
}

function unhealthy({ workloads, applications }: Sample): string[] {
  return [
    ...workloads
      .filter(({ available, desired, complete }) => complete && available < desired)
      .map(({ name, available, desired }) => `${name} (${available} of ${desired} available)`),
    ...applications.filter(({ health }) => health !== 'Healthy').map(({ name, health }) => `${name} is ${health}`),
  ];
}
