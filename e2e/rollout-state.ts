import type { PhaseId } from '../model/platform/phase';
import { leaseName } from '../model/rollout-access';
import { readTrailers, type StepName } from '../rollout/git/trailers';
import { Broken } from './problem';
import type { Stage } from './stage';
import { DONE, still, until } from './wait';

/** The history of a fork since a rollout began, and what each of its commits holds. */
export class BranchWatch {
  /** Everything in a commit, by the phase that it pins the cluster to: the same data always renders the same files. */
  private readonly trees = new Map<PhaseId, string>();
  private begin = '';

  private constructor(private readonly stage: Stage) {}

  /** Begins at the newest commit, at which the cluster is pinned to `phase`. */
  static async begin(stage: Stage, phase: PhaseId): Promise<BranchWatch> {
    const watch = new BranchWatch(stage);
    watch.begin = await stage.fork.pull();
    watch.trees.set(phase, await stage.fork.tree());
    return watch;
  }

  /** Looks at what comes from now on. */
  async beginAgain(): Promise<void> {
    this.begin = await this.stage.fork.pull();
  }

  /**
   * The steps since the beginning, oldest first.
   *
   * @throws Broken where a commit is not a step's, or holds anything but the whole of the phase it pins.
   */
  async steps(): Promise<StepName[]> {
    await this.stage.fork.pull();
    const steps: StepName[] = [];
    for (const { tree, message } of await this.stage.fork.commitsSince(this.begin)) {
      const step = readTrailers(message)?.step;
      if (step === undefined) throw new Broken(`a commit that is no step's:\n${message}`);
      const phase = (step === 'back-out' ? steps.at(-1)?.split('..')[0] : step.split('..')[1]) as PhaseId;
      const known = this.trees.get(phase) ?? tree;
      if (known !== tree) throw new Broken(`the commit of ${step} does not hold what ${phase} holds:\n${message}`);
      this.trees.set(phase, tree);
      steps.push(step);
    }
    return steps;
  }
}

/** @throws Broken where somebody still holds the Lease of the stage's cluster, or it tells of a rollout that did not end. */
export async function leaseIsFree(stage: Stage): Promise<void> {
  const { holder, unfinished } = await leaseOf(stage);
  if (holder !== '') throw new Broken(`the Lease is still held by ${holder}`);
  if (unfinished !== '') throw new Broken(`the Lease still tells of rollouts that did not end: ${unfinished}`);
}

/** Waits until a rollout has begun and holds the Lease of the stage's cluster. */
export async function leaseIsHeld(stage: Stage): Promise<void> {
  await until('a rollout to begin', 120, async () =>
    (await leaseOf(stage)).holder === '' ? still('no holder') : DONE,
  );
}

async function leaseOf({ kubectl, argocd, cluster }: Stage): Promise<{ holder: string; unfinished: string }> {
  const { settings } = argocd;
  const lease = await kubectl.find(settings.argocdNamespace, 'lease', leaseName(settings.name, cluster));
  const { holderIdentity = '' } = (lease?.spec ?? {}) as { holderIdentity?: string };
  return { holder: holderIdentity, unfinished: lease?.metadata.annotations?.['aia-rollout/unfinished'] ?? '' };
}

/**
 * Waits until Argo CD is synced and healthy at the head of the branch, from the folders of a phase.
 *
 * @throws Broken where it is not.
 */
export async function isAt(stage: Stage, phase: PhaseId): Promise<void> {
  const { argocd, fork, kubectl } = stage;
  await argocd.settle(`${phase} at the head of the branch`, await fork.pull());
  for (const layer of ['platform', 'policy', 'workloads']) {
    const name = argocd.layer(layer);
    const application = await kubectl.find(argocd.settings.argocdNamespace, 'application.argoproj.io', name);
    const { source } = application?.spec as { source: { path: string } };
    const wanted = `dist/${phase}/${stage.cluster}/${layer}`;
    if (source.path !== wanted) throw new Broken(`${name} reads ${source.path}, not ${wanted}`);
  }
}
