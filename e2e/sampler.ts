import type { KubeObject } from '../model/kube-object';
import type { Kubectl } from './kubectl';
import { FROM_CACHE, LookLoop } from './look-loop';
import { Broken } from './problem';
import { detail } from './report';
import { replicasOf } from './scenarios/live';

/** The fewest replicas that were ever wanted and available of one workload. */
export interface Fewest {
  wanted: number;
  available: number;
  /** When it had the fewest, as a time of day. */
  at?: string;
}

/** Watches the replicas of every workload in a namespace. */
export class Sampler {
  private constructor(
    private readonly loop: LookLoop,
    readonly fewest: ReadonlyMap<string, Fewest>,
    private readonly unready: ReadonlyMap<string, string>,
  ) {}

  static async start(kubectl: Kubectl, namespace: string): Promise<Sampler> {
    const fewest = new Map<string, Fewest>();
    const unready = new Map<string, string>();
    const loop = await LookLoop.start(kubectl, async (proxy) => {
      for (const kind of ['deployments', 'statefulsets']) {
        const objects = (await proxy.list(`/apis/apps/v1/namespaces/${namespace}/${kind}?${FROM_CACHE}`)) ?? [];
        for (const object of objects) note(fewest, object);
      }
      for (const node of (await proxy.list(`/api/v1/nodes?${FROM_CACHE}`)) ?? []) {
        if (!isReady(node)) unready.set(node.metadata.name, timeOfDay());
      }
    });
    return new Sampler(loop, fewest, unready);
  }

  /** How often all workloads were looked at. */
  get samples(): number {
    return this.loop.looks;
  }

  /** Ends it, and tells of nodes that were not ready: their pods did not count as available. */
  async stop(): Promise<void> {
    await this.loop.stop();
    for (const [name, at] of this.unready) detail(`${name} was not ready, last at ${at}`);
  }
}

function isReady({ status }: KubeObject): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: { type: string; status: string }[] };
  return conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True');
}

function timeOfDay(): string {
  return new Date().toISOString().slice(11, 19);
}

function note(fewest: Map<string, Fewest>, object: KubeObject): void {
  const { wanted, available } = replicasOf(object);
  const seen = fewest.get(object.metadata.name);
  const at = seen === undefined || available < seen.available ? timeOfDay() : seen.at;
  fewest.set(object.metadata.name, {
    ...(at === undefined ? {} : { at }),
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
      ? [
          `${name} had ${seen.available} of ${seen.wanted}, promised are ${available} of ${wanted} (at ${seen.at ?? '?'})`,
        ]
      : [];
  });
  if (broken.length > 0) throw new Broken(broken.join('; '));
}
