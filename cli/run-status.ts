import { setTimeout as sleep } from 'node:timers/promises';
import { desiredObjects } from '../rollout/cluster/desired';
import type { LiveCluster } from '../rollout/cluster/live-cluster';
import type { Site } from '../rollout/cluster/site';
import { costKey } from '../rollout/git/branch-tools';
import { lastStep } from '../rollout/git/last-step';
import { CannotRollOut } from '../rollout/problem';
import { clusterStatus, type ClusterStatus, type Known } from '../rollout/status/cluster-status';
import { statusText } from '../rollout/status/text';
import { contextsOf } from './contexts';
import { EXIT } from './exit-code';
import { TerminalProgress } from './progress';
import { orExplain } from './rollout-failure';
import { connect, openSession, type Session } from './rollout-session';

interface Options {
  readonly context?: readonly string[];
  readonly watch: boolean;
  readonly json: boolean;
}

const WATCH_EVERY_MS = 5000;

/** Prints the state of every cluster; returns the exit code. */
export function runStatus(options: Options): Promise<number> {
  return orExplain('status', async () => {
    const progress = new TerminalProgress();
    let session = await openSession(progress);
    const contexts = await contextsOf(session.platform, options.context ?? [], progress);
    let printed = '';
    for (;;) {
      const statuses = await look(session, contexts, progress);
      const text = options.json ? JSON.stringify({ clusters: statuses }, undefined, 2) : statusText(statuses);
      if (options.watch && process.stdout.isTTY && !options.json) process.stdout.write(`\u001b[H\u001b[2J${text}\n`);
      else if (text !== printed) console.log(text);
      printed = text;
      if (!options.watch) return statuses.some(({ gate }) => gate?.some(({ ok }) => !ok)) ? EXIT.findings : EXIT.clean;
      await sleep(WATCH_EVERY_MS);
      // A pin may have moved meanwhile.
      const head = await session.clone.head();
      if ((await session.clone.fetch()) !== head) {
        session.clone.remove();
        session = await openSession(progress);
      }
    }
  });
}

async function look(
  session: Session,
  contexts: ReadonlyMap<string, string>,
  progress: TerminalProgress,
): Promise<ClusterStatus[]> {
  const { platform, pins, rendered, clone, tools } = session;
  const costs = await tools.cost(clone.root);
  const statuses: ClusterStatus[] = [];
  for (const [name, data] of Object.entries(platform.clusters)) {
    const site: Site = { platform, cluster: { ...data, name } };
    const pinned = pins.get(name) ?? 'none';
    const context = contexts.get(name);
    const cost = costs.get(costKey(pinned, name));
    const live = context === undefined ? undefined : connect(context, progress, 'ask');
    const known = {
      site,
      pinned,
      rendered,
      desired: pinned === 'none' ? [] : desiredObjects(clone.root, pinned, name),
      lastStep: await lastStep(clone, name),
      ...(cost === undefined ? {} : { cost }),
    };
    statuses.push(await reachable(known, live));
  }
  return statuses;
}

/** A cluster that does not answer hides no other one. */
async function reachable(known: Known, live: LiveCluster | undefined): Promise<ClusterStatus> {
  try {
    return await clusterStatus(known, live, Date.now());
  } catch (error) {
    if (!(error instanceof CannotRollOut)) throw error;
    const without = await clusterStatus(known, undefined, Date.now());
    return { ...without, heldBackBy: [error.message.split('\n')[0] ?? ''] };
  }
}
