import { createInterface } from 'node:readline/promises';
import type { PhaseId } from '../model/platform/phase';
import { leaseName } from '../model/rollout-access';
import { systemClock } from '../rollout/clock';
import { RolloutLease } from '../rollout/cluster/lease';
import type { LiveCluster } from '../rollout/cluster/live-cluster';
import type { Site } from '../rollout/cluster/site';
import { blocks, checksAfterNodes, preflight } from '../rollout/preflight/run';
import { preflightText } from '../rollout/preflight/text';
import { CannotRollOut } from '../rollout/problem';
import type { StepContext } from '../rollout/steps/context';
import { isPromotion, planSteps, type PlannedStep } from '../rollout/steps/plan';
import { resultText } from '../rollout/steps/result-text';
import { rollOut } from '../rollout/steps/roll-out';
import { closedWindow } from '../rollout/steps/window';
import { EXIT } from './exit-code';
import { TerminalProgress } from './progress';
import { dryRun } from './rollout-dry-run';
import { orExplain } from './rollout-failure';
import { chosenCluster, connect, openSession, situationOf, type Session } from './rollout-session';

/** Options of `aia rollout`, as commander gives them. */
export interface RolloutOptions {
  readonly cluster?: string;
  readonly context?: string;
  readonly to?: PhaseId;
  readonly quickFix?: boolean;
  readonly via: 'push' | 'pr';
  readonly prometheus?: string;
  readonly dryRun: boolean;
  readonly now: boolean;
  readonly yes: boolean;
}

/** Moves a cluster to a phase; returns the exit code. */
export function runRollout(options: RolloutOptions): Promise<number> {
  return orExplain('rollout', async () => {
    const target = options.quickFix === true ? 'phase-1' : options.to;
    if (target === undefined)
      throw new CannotRollOut('where to?', '--quick-fix, or --to with a phase; aia status shows what is next');
    const progress = new TerminalProgress();
    const session = await openSession(progress);
    const site = chosenCluster(session, options.cluster);
    const steps = planSteps(site.cluster, session.pins.get(site.cluster.name) ?? 'none', target, session.rendered);
    const live = connect(options.context, progress, options.dryRun ? 'ask' : 'rollout');
    if (options.dryRun) return dryRun(session, site, live, steps);

    for (const step of steps) await mustBeReady(session, site, live, step.to, checksAfterNodes(site, step));
    const closed =
      steps.some((step) => step.from !== step.to && isPromotion(step)) &&
      closedWindow(site.platform.schedule, Date.now());
    if (closed && !options.now && options.quickFix !== true)
      throw new CannotRollOut(closed, 'run it after that, or add --now');
    await mustBeWanted(options, site, live, steps);
    return carryOut(session, site, live, steps, options);
  });
}

async function mustBeReady(
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

async function mustBeWanted(
  options: RolloutOptions,
  site: Site,
  live: LiveCluster,
  steps: readonly PlannedStep[],
): Promise<void> {
  const way = steps.map(({ from, to }) => (from === to ? `watch the gate of ${to}` : `${from} to ${to}`)).join(', ');
  const question = `${site.cluster.name} by context ${live.context} (${live.server}): ${way}. Go on?`;
  if (options.yes) return;
  if (!process.stdin.isTTY) throw new CannotRollOut(`${question} There is no terminal to ask at`, 'add --yes');
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`${question} [y/N] `);
  prompt.close();
  if (!/^y(es)?$/i.test(answer.trim()))
    throw new CannotRollOut('you said no; nothing was changed', 'run it again when you mean it');
}

async function carryOut(
  session: Session,
  site: Site,
  live: LiveCluster,
  steps: readonly PlannedStep[],
  { via, prometheus }: RolloutOptions,
): Promise<number> {
  const { clone, tools, progress } = session;
  const { name, argocdNamespace, namespace } = site.platform.settings;
  const stop = new AbortController();
  const where = { name: leaseName(name, site.cluster.name), namespace: argocdNamespace };
  const lease = await RolloutLease.take(live, where, (by) => {
    progress.clear();
    // Whoever has the Lease now goes on from what is on the branch: a back-out of ours would be against him.
    process.stderr.write(`another rollout has taken the Lease over: ${by}. This one ends; nothing is taken back.\n`);
    process.exit(EXIT.failed);
  });
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(130);
    progress.say('stopping: what this step has changed is taken back. Once more, and it stays as it is.');
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  try {
    const context: StepContext = {
      live,
      site,
      clone,
      tools,
      via,
      prometheus,
      clock: systemClock,
      progress,
      stop: stop.signal,
    };
    const results = await rollOut(context, steps, {
      onStep: ({ from, to }) => {
        progress.say(
          from === to
            ? `${site.cluster.name} is pinned to ${to}: watching its gate`
            : `${site.cluster.name}: ${from} to ${to}`,
        );
      },
      onResult: (result) => {
        progress.clear();
        console.log(resultText(result, namespace));
      },
      mustBeReady: ({ to }) => mustBeReady(session, site, live, to),
    });
    const wayMade = steps.every(({ to }) => results.some((result) => result.step.to === to));
    const broken = results.some(({ backOut }) => backOut !== undefined && !backOut.healthy);
    if (broken) return EXIT.failed;
    return wayMade && results.every(({ passed }) => passed) ? EXIT.clean : EXIT.findings;
  } finally {
    progress.clear();
    await lease.release();
  }
}
