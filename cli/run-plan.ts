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
import { EXIT } from './exit-code';
import { TerminalProgress } from './progress';
import { reached, type Stop } from './reach';
import { dryRun } from './rollout-dry-run';
import { connect, openSession, type Session } from './rollout-session';
import type { RolloutOptions } from './run-rollout';

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
  const stops = await reached(session.platform, sites, options.context ?? [], progress);
  const stopOf = ({ cluster }: Leg): Stop => {
    const stop = stops.get(cluster);
    if (stop === undefined) throw new Error(`${cluster} is in the plan and was not chosen`);
    return stop;
  };
  console.log(`Plan\n${legs.map((leg) => `  ${legText(leg)}`).join('\n')}\n`);
  const live = (leg: Leg, patience: 'ask' | 'rollout'): LiveCluster => connect(stopOf(leg).context, progress, patience);
  if (options.dryRun) {
    let most: number = EXIT.clean;
    for (const { site, context } of stops.values()) {
      const own = legs.filter(({ cluster }) => cluster === site.cluster.name);
      most = Math.max(most, await dryRun(session, site, connect(context, progress, 'ask'), own));
      await session.clone.catchUp();
    }
    return most;
  }
  for (const [index, leg] of legs.entries()) {
    const { site } = stopOf(leg);
    const way = legs.slice(0, index + 1).filter(({ cluster }) => cluster === leg.cluster);
    await mustBeReady(session, site, live(leg, 'ask'), leg.to, checksAfterNodes(site, way));
  }
  if (options.staged !== true) await asked('Make these steps?', options.yes);
  let code: number = EXIT.clean;
  const walked = await walkPlan(legs, {
    mustBeReady: async (leg) => {
      const { site } = stopOf(leg);
      mustBeOpen(site, leg, options.now);
      await mustBeReady(session, site, live(leg, 'ask'), leg.to, checksAfterNodes(site, [leg]));
    },
    wanted: async (leg) => {
      if (options.staged !== true) return true;
      await dryRun(session, stopOf(leg).site, live(leg, 'ask'), [leg]);
      return asked(`${legText(leg)}. Make this step?`, false, false);
    },
    made: async (leg) => {
      // What was shown is a commit of the clone that nobody pushes; a rollout begins on the branch.
      await session.clone.catchUp();
      code = await carryOut(session, stopOf(leg).site, live(leg, 'rollout'), [leg], options);
      return code === EXIT.clean;
    },
  });
  console.log(walkedText(legs, walked));
  return walked.because === 'no' ? EXIT.findings : code;
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
