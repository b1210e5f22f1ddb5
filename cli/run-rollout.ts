import type { PhaseId } from '../model/platform/phase';
import type { LiveCluster } from '../rollout/cluster/live-cluster';
import type { Site } from '../rollout/cluster/site';
import { checksAfterNodes } from '../rollout/preflight/run';
import { CannotRollOut } from '../rollout/problem';
import { isPromotion, planSteps, type PlannedStep } from '../rollout/steps/plan';
import { closedWindow } from '../rollout/steps/window';
import { asked } from './ask';
import { carryOut, mustBeReady } from './carry-out';
import { TerminalProgress } from './progress';
import { dryRun } from './rollout-dry-run';
import { orExplain } from './rollout-failure';
import { chosenCluster, connect, openSession } from './rollout-session';
import { runPlan } from './run-plan';

/** Options of `aia rollout`, as commander gives them. */
export interface RolloutOptions {
  readonly cluster?: string;
  readonly context?: readonly string[];
  readonly to?: PhaseId;
  readonly quickFix?: boolean;
  readonly optimizeAll?: boolean;
  readonly staged?: boolean;
  readonly via: 'push' | 'pr';
  readonly prometheus?: string;
  readonly dryRun: boolean;
  readonly now: boolean;
  readonly yes: boolean;
}

/** Moves a cluster to a phase; returns the exit code. */
export function runRollout(options: RolloutOptions): Promise<number> {
  return orExplain('rollout', async () => {
    if (options.optimizeAll === true || options.staged === true) return runPlan(options);
    const target = options.quickFix === true ? 'phase-1' : options.to;
    if (target === undefined)
      throw new CannotRollOut(
        'where to?',
        '--quick-fix, --to with a phase, --staged or --optimize-all; aia status shows what is next',
      );
    const progress = new TerminalProgress();
    const session = await openSession(progress);
    const site = chosenCluster(session, options.cluster);
    const steps = planSteps(site.cluster, session.pins.get(site.cluster.name) ?? 'none', target, session.rendered);
    const live = connect(contextFor(site, options.context ?? []), progress, options.dryRun ? 'ask' : 'rollout');
    if (options.dryRun) return dryRun(session, site, live, steps);

    for (const [index, { to }] of steps.entries()) {
      await mustBeReady(session, site, live, to, checksAfterNodes(site, steps.slice(0, index + 1)));
    }
    const closed =
      steps.some((step) => step.from !== step.to && isPromotion(step)) &&
      closedWindow(site.platform.schedule, Date.now());
    if (closed && !options.now && options.quickFix !== true)
      throw new CannotRollOut(closed, 'run it after that, or add --now');
    await mustBeWanted(options, site, live, steps);
    return carryOut(session, site, live, steps, options);
  });
}

/** The context of one cluster: `NAME=CONTEXT`, or a single one without a name. */
function contextFor({ cluster }: Site, given: readonly string[]): string | undefined {
  const named = given.find((text) => text.startsWith(`${cluster.name}=`));
  if (named !== undefined) return named.slice(cluster.name.length + 1);
  if (given.length > 1)
    throw new CannotRollOut(`no --context is for ${cluster.name}`, `--context ${cluster.name}=CONTEXT`);
  return given[0];
}

async function mustBeWanted(
  options: RolloutOptions,
  site: Site,
  live: LiveCluster,
  steps: readonly PlannedStep[],
): Promise<void> {
  const way = steps.map(({ from, to }) => (from === to ? `watch the gate of ${to}` : `${from} to ${to}`)).join(', ');
  const question = `${site.cluster.name} by context ${live.context} (${live.server}): ${way}. Go on?`;
  await asked(question, options.yes);
}
