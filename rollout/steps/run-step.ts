import type { PhaseId } from '../../model/platform/phase';
import { desiredObjects } from '../cluster/desired';
import { diagnose, type Diagnosis } from '../diagnosis/diagnose';
import type { RunbookId } from '../diagnosis/runbooks';
import { followGate, type Outcome } from '../gates/follow';
import { requestFigures } from '../gates/prometheus';
import { takeSample } from '../gates/sample';
import type { GateValue, Verdict } from '../gates/verdict';
import { lastStep } from '../git/last-step';
import { commitStep, stepName, type Step } from '../git/publish-step';
import { missingNodes } from '../pools/node-counts';
import { CannotRollOut } from '../problem';
import { refreshAll } from './argocd';
import { backOut, type BackOut } from './back-out';
import type { StepContext } from './context';
import { bringToBranch, pinOnBranch } from './publish';

/** How a step ended. */
export interface StepResult {
  readonly step: Step;
  readonly passed: boolean;
  readonly why: string;
  readonly verdict?: Verdict;
  /** What was wrong when the gate failed; looked at before anything was taken back. */
  readonly diagnoses: readonly Diagnosis[];
  /** Pages about what no single workload shows. */
  readonly runbooks: readonly RunbookId[];
  /** Undefined where the step passed, or there was nothing that could be taken back. */
  readonly backOut?: BackOut;
  /** Why a step that failed stays on the branch all the same. */
  readonly kept?: string;
}

/**
 * Makes one step: its commit, Argo CD carrying it out, the gate. Where the gate does not pass, or the user stops it, the
 * commit is reverted and the old state waited for.
 *
 * A step that is on the branch already (its rollout was killed, or the pin was moved by a pull request) is not made
 * twice: its gate is watched from where it is.
 */
export async function runStep(context: StepContext, step: Step): Promise<StepResult> {
  const made = step.from === step.to ? await madeBefore(context, step) : await make(context, step);
  if (made === undefined) {
    return { step, passed: false, why: 'nobody has merged it before you stopped', diagnoses: [], runbooks: [] };
  }
  const outcome = await watch(context, step, made);
  if (outcome.result === 'passed') {
    return { step, passed: true, why: '', diagnoses: [], runbooks: [], ...verdictOf(outcome) };
  }
  const diagnoses = await diagnose(context.live, context.site.platform.settings.namespace, outcome.last);
  const failed = {
    step,
    passed: false,
    why: outcome.why,
    diagnoses,
    runbooks: runbooksOf(outcome),
    ...verdictOf(outcome),
  };
  const { from } = made;
  if (made.sha === undefined || from === 'none' || from === step.to) return failed;
  // Without the nodes of the old phase its pods would have no place: worse than what failed.
  const missing = missingNodes(context.site, step.to, from, await context.live.list('v1', 'Node'));
  if (missing.length > 0) {
    const nodes = missing.map(({ selector, wanted, found }) => `${found} of ${wanted} with ${selector}`).join('; ');
    return {
      ...failed,
      kept: `the nodes of ${from} are not there (${nodes}); aia rollout --to ${from} shows how they come and waits`,
    };
  }
  context.progress.say(`${step.to} is taken back to ${from}: ${outcome.why}`);
  return { ...failed, backOut: await backOut(context, { ...step, from }, made.sha, outcome.why) };
}

/** A step that is on the branch. */
interface Made {
  /** Undefined where no rollout has made it, so there is no commit to revert. */
  readonly sha?: string;
  readonly from: PhaseId | 'none';
  /** When its deadline began to run, ms since 1970. */
  readonly since: number;
}

async function make(context: StepContext, step: Step): Promise<Made | undefined> {
  const { clone, clock, tools } = context;
  const sha = await bringToBranch(
    context,
    {
      branch: `aia-rollout/${step.rollout}-${step.to}`,
      subject: `${step.cluster}: ${step.from} to ${step.to}`,
      body: `${stepName(step)} of rollout ${step.rollout}, made by aia rollout --via pr.`,
      pin: step.to,
    },
    async () => {
      await clone.fetch();
      const pinned = await pinOnBranch(context);
      if (pinned === step.from) return commitStep(clone, step, tools);
      throw new CannotRollOut(
        `somebody has moved the pin of ${step.cluster} meanwhile: from ${step.from} to ${pinned}`,
        'aia status shows where it is; run again',
      );
    },
  );
  if (sha === undefined) return undefined;
  // A pull request may have been merged as another commit than ours; its trailers came along.
  const found = await lastStep(clone, step.cluster);
  return { sha: found?.trailers.step === stepName(step) ? found.sha : sha, from: step.from, since: clock.now() };
}

/** The commit by which a rollout has brought the cluster to where its pin is. */
async function madeBefore({ clone, clock }: StepContext, step: Step): Promise<Made> {
  const found = await lastStep(clone, step.cluster);
  const [from, to] = found?.trailers.step.split('..') ?? [];
  if (found === undefined || to !== step.to || from === undefined) return { from: step.to, since: clock.now() };
  return { sha: found.sha, from: from as PhaseId | 'none', since: found.time };
}

async function watch(context: StepContext, step: Step, { sha, since }: Made): Promise<Outcome> {
  const { live, site, clone, clock, progress, prometheus, stop } = context;
  const gate = site.platform.gates.phases[step.to];
  const target = sha ?? (await clone.head());
  const desired = desiredObjects(clone.root, step.to, site.cluster.name);
  return followGate(
    {
      site,
      phase: step.to,
      gate,
      since,
      look: () => takeSample(live, site, desired),
      isAtOrAfter: (revision) => clone.contains(revision, target),
      ...(prometheus === undefined ? {} : { requests: () => requestFigures(prometheus, site.platform, gate) }),
      nudge: () => refreshAll(context),
      stop,
    },
    clock,
    progress,
  );
}

function verdictOf({ verdict }: Outcome): { verdict?: Verdict } {
  return verdict === undefined ? {} : { verdict };
}

/** What a figure that fails is about; health is told workload by workload. */
const RUNBOOK_OF: Readonly<Partial<Record<GateValue['id'], RunbookId>>> = {
  restarts: 'crash-loop',
  pending: 'no-node',
  autoscalers: 'blind-autoscaler',
  argocd: 'sync-failed',
  success: 'failing-requests',
  fast: 'slow-requests',
  alerts: 'failing-requests',
};

function runbooksOf({ verdict, last }: Outcome): RunbookId[] {
  const ofValues = (verdict?.values ?? []).flatMap(({ id, ok }) => (ok ? [] : (RUNBOOK_OF[id] ?? [])));
  const synced = last.applications.every(({ sync, operation }) => sync === 'Synced' && operation !== 'Failed');
  return [...new Set([...ofValues, ...(synced ? [] : (['sync-failed'] as const))])];
}
