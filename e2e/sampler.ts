import type { KubeObject } from '../model/kube-object';
import type { Kubectl } from './kubectl';
import { FROM_CACHE, LookLoop } from './look-loop';
import { Broken } from './problem';
import { replicasOf } from './scenarios/live';

/** The fewest replicas that were ever wanted and available of one workload. */
export interface Fewest {
  wanted: number;
  available: number;
}

/** Watches the replicas of every workload in a namespace. */
export class Sampler {
  private constructor(
    private readonly loop: LookLoop,
    readonly fewest: ReadonlyMap<string, Fewest>,
  ) {}

  static async start(kubectl: Kubectl, namespace: string): Promise<Sampler> {
    const fewest = new Map<string, Fewest>();
    const loop = await LookLoop.start(kubectl, async (proxy) => {
      for (const kind of ['deployments', 'statefulsets']) {
        const objects = (await proxy.list(`/apis/apps/v1/namespaces/${namespace}/${kind}?${FROM_CACHE}`)) ?? [];
        for (const object of objects) note(fewest, object);
      }
    });
    return new Sampler(loop, fewest);
  }

  /** How often all workloads were looked at. */
  get samples(): number {
    return this.loop.looks;
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }
}

function note(fewest: Map<string, Fewest>, object: KubeObject): void {
  const { wanted, available } = replicasOf(object);
  const seen = fewest.get(object.metadata.name);
  fewest.set(object.metadata.name, {
    wanted: Math.min(seen?.wanted ?? wanted, wanted),
    available: Math.min(seen?.available ?? available, available),
  });
}

/**
 * @param promised the fewest wanted and available replicas by workload.
 * @throws Broken where a workload was ever below them, or was never seen.
 */
export function holdToPromise(fewest: ReadonlyMap<string, Fewest>, promised: ReadonlyMap<string, Fewest>): void {
  const broken = [...promised].flatMap(([name, { wanted, available }]) => {
    const seen = fewest.get(name);
    if (seen === undefined) return [`${name} was never seen`];
    return seen.wanted < wanted || seen.available < available
      ? [`${name} had ${seen.available} of ${seen.wanted}, promised are ${available} of ${wanted}`]
      : [];
  });
  if (broken.length > 0) throw new Broken(broken.join('; '));
}
