import { setTimeout as sleep } from 'node:timers/promises';
import { desiredObjects } from '../rollout/cluster/desired';
import { LiveCluster } from '../rollout/cluster/live-cluster';
import type { Site } from '../rollout/cluster/site';
import { costKey } from '../rollout/git/branch-tools';
import { lastStep } from '../rollout/git/last-step';
import { CannotRollOut } from '../rollout/problem';
import { clusterStatus, type ClusterStatus } from '../rollout/status/cluster-status';
import { statusText } from '../rollout/status/text';
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
    const contexts = await contextsOf(session, options.context ?? [], progress);
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
    statuses.push(await clusterStatus(known, live, Date.now()));
  }
  return statuses;
}

/**
 * Which context leads to which cluster: those that are named so by the option, those that have the cluster's name, and
 * the current one where its namespace says whose it is.
 */
async function contextsOf(
  { platform }: Session,
  given: readonly string[],
  progress: TerminalProgress,
): Promise<Map<string, string>> {
  const names = Object.keys(platform.clusters);
  const found = new Map(
    LiveCluster.contexts()
      .filter((context) => names.includes(context))
      .map((name) => [name, name]),
  );
  const toAsk = given.length === 0 ? [undefined] : given.filter((text) => !text.includes('='));
  for (const context of toAsk) {
    const live = await connectIfThere(context, progress);
    const named =
      live && (await namedBy(live, platform.settings.namespace, `${platform.settings.labelDomain}/cluster`));
    if (live !== undefined && named !== undefined && names.includes(named)) found.set(named, live.context);
    else if (context !== undefined)
      throw new CannotRollOut(
        `the namespace behind context ${context} does not say which cluster it is`,
        `--context CLUSTER=${context}`,
      );
  }
  for (const text of given.filter((entry) => entry.includes('='))) {
    const [name = '', ...context] = text.split('=');
    if (!names.includes(name)) throw new CannotRollOut(`there is no cluster ${name}`, `one of ${names.join(', ')}`);
    found.set(name, context.join('='));
  }
  return found;
}

async function connectIfThere(
  context: string | undefined,
  progress: TerminalProgress,
): Promise<LiveCluster | undefined> {
  if (context !== undefined) return connect(context, progress, 'ask');
  try {
    return await Promise.resolve(connect(undefined, progress, 'ask'));
  } catch (error) {
    // Without any kubeconfig the pins can still be told.
    if (error instanceof CannotRollOut) return undefined;
    throw error;
  }
}

async function namedBy(live: LiveCluster, namespace: string, label: string): Promise<string | undefined> {
  return (await live.find('v1', 'Namespace', namespace))?.metadata.labels?.[label];
}
