import type { Platform, Settings } from '../model/platform/platform';
import { LiveCluster } from '../rollout/cluster/live-cluster';
import { CannotRollOut } from '../rollout/problem';
import type { TerminalProgress } from './progress';
import { connect } from './rollout-session';

/**
 * Which context leads to which cluster: those that are named so by the option, those that have the cluster's name, and
 * the current one where its namespace says whose it is.
 */
export async function contextsOf(
  platform: Platform,
  given: readonly string[],
  progress: TerminalProgress,
): Promise<Map<string, string>> {
  const names = Object.keys(platform.clusters);
  const found = new Map(
    LiveCluster.contexts()
      .filter((context) => names.includes(context))
      .map((name) => [name, name]),
  );
  if (given.length === 0) await addCurrent(found, names, platform.settings, progress);
  for (const context of given.filter((text) => !text.includes('='))) {
    const named = await namedBy(connect(context, progress, 'ask'), platform.settings);
    if (named !== undefined && names.includes(named)) found.set(named, context);
    else
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

/** The current context, where it says whose it is; without any, or where it does not answer, the pins are still told. */
async function addCurrent(
  found: Map<string, string>,
  names: readonly string[],
  settings: Settings,
  progress: TerminalProgress,
): Promise<void> {
  try {
    const live = connect(undefined, progress, 'ask');
    const named = await namedBy(live, settings);
    if (named !== undefined && names.includes(named)) found.set(named, live.context);
  } catch (error) {
    if (!(error instanceof CannotRollOut)) throw error;
    progress.say(error.message);
  }
}

async function namedBy(live: LiveCluster, { namespace, labelDomain }: Settings): Promise<string | undefined> {
  return (await live.find('v1', 'Namespace', namespace))?.metadata.labels?.[`${labelDomain}/cluster`];
}
