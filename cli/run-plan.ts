import type { LiveCluster } from '../rollout/cluster/live-cluster';
import type { Site } from '../rollout/cluster/site';
import { checksAfterNodes } from '../rollout/preflight/run';
import { CannotRollOut } from '../rollout/problem';
import { isPromotion } from '../rollout/steps/plan';
import { planAll, type Leg } from '../rollout/steps/plan-all';
import { walkPlan, type Walked } from '../rollout/steps/walk-plan';
import { closedWindow } from '../rollout/steps/window';
import { asked } from './ask';
import { carryOut, mustBeReady } from './carry-out';
import { contextsOf } from './contexts';
import { EXIT } from './exit-code';
import { TerminalProgress } from './progress';
import { dryRun } from './rollout-dry-run';
import { connect, openSession, type Session } from './rollout-session';
import type { RolloutOptions } from './run-rollout';

/** A cluster of the plan, and the context that leads to it. */
interface Stop {
  readonly site: Site;
  readonly context: string;
}

/**
 * `--optimize-all` and `--staged`: every cluster to the last phase, step by step. Every cluster must answer and be ready
 * before the first step is made. Returns the exit code.
 */
export async function runPlan(options: RolloutOptions): Promise<number> {
  const progress = new TerminalProgress();
  const session = await openSession(progress);
  const sites = chosenSites(session, options.cluster);
  const legs = planAll(
    sites.map(({ cluster }) => cluster),
    session.pins,
    session.rendered,
  );
  const stops = await reached(session, sites, options.context ?? []);
  const stopOf = ({ cluster }: Leg): Stop => {
    const stop = stops.get(cluster);
    if (stop === undefined) throw new Error(`${cluster} is in the plan and was not chosen`);
    return stop;
  };
  console.log(`Plan\n${legs.map((leg) => `  ${legText(leg)}`).join('\n')}\n`);
  const live = (leg: Leg, patience: 'ask' | 'rollout'): LiveCluster => connect(stopOf(leg).context, progress, patience);
  if (options.dryRun) {
    let code: number = EXIT.clean;
    for (const leg of legs) code = Math.max(code, await dryRun(session, stopOf(leg).site, live(leg, 'ask'), [leg]));
    return code;
  }
  for (const leg of legs) {
    const { site } = stopOf(leg);
    await mustBeReady(session, site, live(leg, 'ask'), leg.to, checksAfterNodes(site, leg));
  }
  if (options.staged !== true) await asked('Make these steps?', options.yes);
  const walked = await walkPlan(legs, {
    mustBeReady: async (leg) => {
      const { site } = stopOf(leg);
      mustBeOpen(site, leg, options.now);
      await mustBeReady(session, site, live(leg, 'ask'), leg.to, checksAfterNodes(site, leg));
    },
    wanted: async (leg) => {
      if (options.staged !== true) return true;
      await dryRun(session, stopOf(leg).site, live(leg, 'ask'), [leg]);
      return asked(`${legText(leg)}. Make this step?`, false, false);
    },
    made: async (leg) =>
      (await carryOut(session, stopOf(leg).site, live(leg, 'rollout'), [leg], options)) === EXIT.clean,
  });
  console.log(walkedText(legs, walked));
  return walked.at === undefined ? EXIT.clean : EXIT.findings;
}

/** The clusters that are named, or else all but laptops. */
function chosenSites({ platform }: Session, names: string | undefined): Site[] {
  const known = Object.keys(platform.clusters);
  const chosen = names?.split(',') ?? known.filter((name) => platform.clusters[name]?.role !== 'laptop');
  return chosen.map((name) => {
    const cluster = platform.clusters[name];
    if (cluster === undefined)
      throw new CannotRollOut(`there is no cluster ${name}`, `--cluster with ${known.join(',')}, or some of them`);
    return { platform, cluster: { ...cluster, name } };
  });
}

/** @throws CannotRollOut with every cluster that has no context, or whose API server does not answer. */
async function reached(session: Session, sites: readonly Site[], given: readonly string[]): Promise<Map<string, Stop>> {
  const contexts = await contextsOf(session.platform, given, session.progress);
  const stops = new Map<string, Stop>();
  const away: string[] = [];
  for (const site of sites) {
    const { name } = site.cluster;
    const context = contexts.get(name);
    if (context === undefined) {
      away.push(`${name}: no context leads there`);
      continue;
    }
    try {
      await connect(context, session.progress, 'ask').version();
      stops.set(name, { site, context });
    } catch (error) {
      if (!(error instanceof CannotRollOut)) throw error;
      away.push(`${name}: ${error.message.split('\n')[0] ?? ''}`);
    }
  }
  if (away.length === 0) return stops;
  throw new CannotRollOut(
    `not every cluster can be reached, so nothing was changed:\n${away.map((text) => `  ${text}`).join('\n')}`,
    '--context NAME=CONTEXT for each; --cluster A,B for those that are meant',
  );
}

function mustBeOpen(site: Site, leg: Leg, now: boolean): void {
  const closed = leg.from !== leg.to && isPromotion(leg) ? closedWindow(site.platform.schedule, Date.now()) : undefined;
  if (closed !== undefined && !now)
    throw new CannotRollOut(
      `${legText(leg)}: ${closed}`,
      'run it again after that: it goes on from here; or add --now',
    );
}

function legText({ cluster, from, to }: Leg): string {
  return from === to ? `${cluster}: gate of ${to}` : `${cluster}: ${from} to ${to}`;
}

function walkedText(legs: readonly Leg[], { passed, at, because }: Walked): string {
  const all = `${passed.length} of ${legs.length} steps have passed`;
  if (at === undefined) return `${all}.`;
  const why = because === 'no' ? 'you said no' : 'its gate has not passed';
  return `${all}. It ended at ${legText(at)}: ${why}. What has passed stays; the same command goes on from here.`;
}
