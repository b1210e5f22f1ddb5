import { setTimeout as sleep } from 'node:timers/promises';
import type { Status } from '../argocd';
import { layerFolder, type Scenario, type Stage } from '../stage';
import { DONE, still, until } from '../wait';
import { live, nothingIsGone } from './live';

interface Breakage {
  readonly what: string;
  readonly harm: (stage: Stage) => void;
  /** How Argo CD reports it. */
  readonly reported: (status: Status) => boolean;
}

const hasError = ({ conditions }: Status, type: string): boolean =>
  (conditions ?? []).some((condition) => condition.type === type);

const BREAKAGES: readonly Breakage[] = [
  {
    what: 'a missing path',
    harm: (stage) => {
      stage.fork.remove(layerFolder(stage, 'workloads'));
    },
    reported: (status) => status.sync?.status === 'Unknown' && hasError(status, 'ComparisonError'),
  },
  {
    what: 'an empty path',
    harm: (stage) => {
      stage.fork.remove(layerFolder(stage, 'workloads'));
      stage.fork.write(`${layerFolder(stage, 'workloads')}/README`, 'Nothing here.\n');
    },
    reported: (status) => status.sync?.status === 'OutOfSync' && hasError(status, 'SyncError'),
  },
  {
    what: 'YAML that does not parse',
    harm: (stage) => {
      const file = `${layerFolder(stage, 'workloads')}/Deployment.apps_${stage.namespace}_api.yaml`;
      stage.fork.write(file, `${stage.fork.read(file)}<<<<<<< HEAD\n  left: [by, a merge\n`);
    },
    reported: (status) => status.sync?.status === 'Unknown' && hasError(status, 'ComparisonError'),
  },
  {
    what: 'a path that an application moved to and that is not there',
    harm: ({ fork, argocd, cluster }) => {
      const file = `argocd/${cluster}/apps/Application.argoproj.io_${argocd.settings.argocdNamespace}_${argocd.layer('workloads')}.yaml`;
      fork.edit(file, /path: dist\/phase-1/, 'path: dist/phase-9');
    },
    reported: (status) => status.sync?.status === 'Unknown' && hasError(status, 'ComparisonError'),
  },
];

/** Long enough for Argo CD to act on what it has seen, if it were to. */
const TIME_TO_DO_HARM_MS = 5000;

/** A commit that breaks the folder of the workloads is reported, prunes nothing, and a revert is taken up. */
export const brokenCommits: readonly Scenario[] = BREAKAGES.map(({ what, harm, reported }) => ({
  name: `${what}: reported, nothing is pruned, a revert mends it`,
  play: async (stage) => {
    const { fork, argocd } = stage;
    const before = await live(stage);
    harm(stage);
    await fork.push(`Break: ${what}`);
    await argocd.refresh();
    let mended = '';
    try {
      await until('the report', 60, async () => {
        await argocd.refreshAgain();
        const status = await argocd.status(argocd.layer('workloads'));
        const conditions = (status.conditions ?? []).map(({ type }) => type).join(', ');
        return reported(status) ? DONE : still(`${status.sync?.status ?? 'no status'} ${conditions}`);
      });
      await sleep(TIME_TO_DO_HARM_MS);
      await nothingIsGone(stage, before);
    } finally {
      // Whatever was seen, the next scenario begins with a branch that is whole.
      mended = await fork.revert();
    }
    await argocd.refresh();
    // A root that waits for the broken child to become healthy does not look at the revert.
    await argocd.terminateIfStuck(mended);
    await argocd.settle('mended', mended);
    await nothingIsGone(stage, before);
  },
}));
