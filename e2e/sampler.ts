import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeObject } from '../model/kube-object';
import { ApiProxy } from './api-proxy';
import type { Kubectl } from './kubectl';
import { Broken } from './problem';
import { replicasOf } from './scenarios/live';

/** How often the replicas are looked at. */
const INTERVAL_MS = 200;

/** The fewest replicas that were ever wanted and available of one workload. */
export interface Fewest {
  wanted: number;
  available: number;
}

/** Watches the replicas of every workload in a namespace. */
export class Sampler {
  readonly fewest = new Map<string, Fewest>();
  /** How often all workloads were looked at. */
  samples = 0;
  private running = true;
  private readonly loop: Promise<void>;

  private constructor(
    private readonly proxy: ApiProxy,
    private readonly namespace: string,
  ) {
    this.loop = this.sample();
  }

  static async start(kubectl: Kubectl, namespace: string): Promise<Sampler> {
    return new Sampler(await ApiProxy.start(kubectl), namespace);
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.loop;
    this.proxy.stop();
  }

  private async sample(): Promise<void> {
    while (this.running) {
      const start = Date.now();
      for (const kind of ['deployments', 'statefulsets']) {
        const items = (await this.proxy.list(`/apis/apps/v1/namespaces/${this.namespace}/${kind}`)) ?? [];
        for (const object of items) this.note(object);
      }
      this.samples += 1;
      await sleep(Math.max(0, INTERVAL_MS - (Date.now() - start)));
    }
  }

  private note(object: KubeObject): void {
    const { wanted, available } = replicasOf(object);
    const seen = this.fewest.get(object.metadata.name);
    this.fewest.set(object.metadata.name, {
      wanted: Math.min(seen?.wanted ?? wanted, wanted),
      available: Math.min(seen?.available ?? available, available),
    });
  }
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
