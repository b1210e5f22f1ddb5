import type { PhaseId } from '../model/platform/phase';
import { leaseName } from '../model/rollout-access';
import { systemClock, type Clock } from '../rollout/clock';
import { RolloutLease } from '../rollout/cluster/lease';
import type { LiveCluster } from '../rollout/cluster/live-cluster';
import type { Site } from '../rollout/cluster/site';
import { rolloutId } from '../rollout/git/trailers';
import { blocks, preflight } from '../rollout/preflight/run';
import { preflightText } from '../rollout/preflight/text';
import { CannotRollOut } from '../rollout/problem';
import type { StepContext } from '../rollout/steps/context';
import type { PlannedStep } from '../rollout/steps/plan';
import { resultText } from '../rollout/steps/result-text';
import { rollOut } from '../rollout/steps/roll-out';
import type { StepResult } from '../rollout/steps/run-step';
import { takeUp } from '../rollout/steps/take-up';
import { EXIT } from './exit-code';
import { situationOf, type Session } from './rollout-session';
import type { RolloutOptions } from './run-rollout';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Preflight. @throws CannotRollOut with everything that stands in the way. */
export async function mustBeReady(
  session: Session,
  site: Site,
  live: LiveCluster,
  phase: PhaseId,
  except: readonly string[] = [],
): Promise<void> {
  const asked = await preflight(situationOf(session, site, live, phase));
  const results = asked.filter(({ id }) => !except.includes(id));
  if (!blocks(results)) return;
  throw new CannotRollOut(
    `${site.cluster.name} is not ready for ${phase}:\n${preflightText(results)}`,
    `do what stands below each NO; aia adopt --cluster ${site.cluster.name} writes it as a runbook`,
  );
}

/**
 * Makes the steps of one cluster under its Lease, after what an earlier rollout has left; returns the exit code.
 */
export async function carryOut(
  session: Session,
  site: Site,
  live: LiveCluster,
  steps: readonly PlannedStep[],
  { via, prometheus }: Pick<RolloutOptions, 'via' | 'prometheus'>,
  clock: Clock = systemClock,
): Promise<number> {
  const { clone, tools, progress } = session;
  const { name, argocdNamespace, namespace } = site.platform.settings;
  const stop = new AbortController();
  const where = { name: leaseName(name, site.cluster.name), namespace: argocdNamespace };
  const lease = await RolloutLease.take(live, where, rolloutId(site.cluster.name, await clone.head()), (by) => {
    progress.clear();
    // Whoever has the Lease now goes on from what is on the branch: a back-out of ours would be against him.
    process.stderr.write(`another rollout has taken the Lease over: ${by}. This one ends; nothing is taken back.\n`);
    process.exit(EXIT.failed);
  });
  let making = false;
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(130);
    progress.say(
      making
        ? 'stopping: what this step has changed is taken back. Once more, and it stays as it is.'
        : 'stopping: no step of this run is under way, so nothing is taken back.',
    );
    stop.abort();
  };
  let finished = false;
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    const context: StepContext = {
      live,
      site,
      clone,
      tools,
      via,
      prometheus,
      clock,
      progress,
      stop: stop.signal,
    };
    const onResult = (result: StepResult): void => {
      making = false;
      progress.clear();
      console.log(resultText(result, namespace));
    };
    const { gate, backedOut } = await takeUp(context, steps, lease.unfinished);
    if (backedOut !== undefined) {
      onResult(backedOut);
      finished = true;
      return backedOut.backOut?.healthy === true ? EXIT.findings : EXIT.failed;
    }
    const way = gate === undefined ? steps : [gate, ...steps];
    const results = await rollOut(context, way, {
      onStep: ({ from, to }) => {
        progress.say(
          from === to
            ? `${site.cluster.name} is pinned to ${to}: watching its gate`
            : `${site.cluster.name}: ${from} to ${to}`,
        );
      },
      onMake: () => {
        making = true;
      },
      onResult,
      mustBeReady: ({ to }) => mustBeReady(session, site, live, to),
    });
    const wayMade = way.every(({ to }) => results.some((result) => result.step.to === to));
    const broken = results.some(({ backOut }) => backOut !== undefined && !backOut.healthy);
    // An old state that does not come back was told too: the next rollout must not wait for it for ever.
    finished = true;
    if (broken) return EXIT.failed;
    return wayMade && results.every(({ passed }) => passed) ? EXIT.clean : EXIT.findings;
  } finally {
    progress.clear();
    await lease.release(finished);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}
