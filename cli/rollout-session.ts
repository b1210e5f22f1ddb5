import type { PhaseId } from '../model/platform/phase';
import { readPins } from '../model/platform/pins';
import type { Pins, Platform } from '../model/platform/platform';
import { settings as localSettings } from '../platform/settings';
import { desiredObjects, bootstrapObjects, renderedPhases } from '../rollout/cluster/desired';
import { LiveCluster } from '../rollout/cluster/live-cluster';
import type { Site } from '../rollout/cluster/site';
import { BranchClone } from '../rollout/git/branch-clone';
import { branchTools, type BranchTools } from '../rollout/git/branch-tools';
import { PINS } from '../rollout/git/publish-step';
import { pushableRemote } from '../rollout/git/remote';
import type { Situation } from '../rollout/preflight/check';
import { CannotRollOut } from '../rollout/problem';
import type { TerminalProgress } from './progress';
import { ROOT } from './root';

/** How long an API server that is away is waited for. */
const PATIENCE_SECONDS = { ask: 5, rollout: 300 };

/** The branch that Argo CD follows, with the data as it stands there. */
export interface Session {
  readonly clone: BranchClone;
  readonly tools: BranchTools;
  readonly platform: Platform;
  readonly pins: Pins;
  readonly rendered: readonly PhaseId[];
  readonly progress: TerminalProgress;
}

/**
 * Clones the branch into a folder of its own, which goes when the process ends. Everything a command knows of the
 * platform comes from there; the local folder only says where the repository is.
 *
 * @throws CannotRollOut where the branch can't be had, or its data is wrong.
 */
export async function openSession(progress: TerminalProgress): Promise<Session> {
  // Nothing else of the local data is even loaded: it may be half edited.
  const { repositoryUrl, branch } = localSettings;
  const clone = await BranchClone.open(await pushableRemote(ROOT, repositoryUrl, branch), ROOT);
  process.on('exit', () => {
    clone.remove();
  });
  const tools = branchTools();
  const platform = await tools.platform(clone.root);
  const rendered = renderedPhases(clone.root);
  return { clone, tools, platform, rendered, progress, pins: readPins(clone.read(PINS), platform, rendered) };
}

/** What `--cluster` says, or the only cluster that can be meant. */
export function chosenCluster({ platform, pins }: Session, option: string | undefined): Site {
  const known = Object.keys(platform.clusters);
  const pinned = known.filter((name) => (pins.get(name) ?? 'none') !== 'none');
  const name = option ?? (pinned.length === 1 ? pinned[0] : known.length === 1 ? known[0] : undefined);
  const cluster = name === undefined ? undefined : platform.clusters[name];
  if (name === undefined || cluster === undefined) {
    throw new CannotRollOut(
      option === undefined ? 'more than one cluster could be meant' : `there is no cluster ${option}`,
      `--cluster with one of ${known.join(', ')}`,
    );
  }
  return { platform, cluster: { ...cluster, name } };
}

/** Opens the cluster behind a context; says so when it does not answer for a while. */
export function connect(
  context: string | undefined,
  progress: TerminalProgress,
  patience: keyof typeof PATIENCE_SECONDS,
): LiveCluster {
  return LiveCluster.connect(context, {
    seconds: PATIENCE_SECONDS[patience],
    onSilence: (what, reason) => {
      progress.say(`the API server does not answer about ${what} (${reason}); asking again`);
    },
  });
}

/** What preflight and adopt look at: a cluster on its way to a phase. */
export function situationOf({ clone }: Session, site: Site, live: LiveCluster, phase: PhaseId): Situation {
  return {
    live,
    site,
    phase,
    desired: desiredObjects(clone.root, phase, site.cluster.name),
    bootstrap: bootstrapObjects(clone.root, site.cluster.name),
  };
}

/** The phase that `--to` says, or else the pinned one, or else the first that the cluster has. */
export function chosenPhase({ pins, rendered }: Session, { cluster }: Site, option: string | undefined): PhaseId {
  const phases = rendered.filter((phase) => phase >= cluster.since);
  const pinned = pins.get(cluster.name) ?? 'none';
  const phase = option ?? (pinned === 'none' ? phases[0] : pinned);
  const found = phases.find((id) => id === phase);
  if (found !== undefined) return found;
  throw new CannotRollOut(
    phase === undefined ? `no phase is built that ${cluster.name} takes part in` : `${cluster.name} has no ${phase}`,
    phases.length === 0 ? 'see platform/clusters.ts' : `--to with one of ${phases.join(', ')}`,
  );
}
