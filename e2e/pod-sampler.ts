import { podStates } from '../rollout/cluster/pods';
import type { Kubectl } from './kubectl';
import { FROM_CACHE, LookLoop } from './look-loop';

/** Watches the ready pods of a namespace, whoever owns them: while a Deployment is being replaced, nobody does. */
export class PodSampler {
  private constructor(
    private readonly loop: LookLoop,
    private readonly seen: readonly (readonly string[])[],
  ) {}

  static async start(kubectl: Kubectl, namespace: string): Promise<PodSampler> {
    const seen: string[][] = [];
    const loop = await LookLoop.start(kubectl, async (proxy) => {
      const pods = await proxy.list(`/api/v1/namespaces/${namespace}/pods?${FROM_CACHE}`);
      if (pods === undefined) return;
      const ready = podStates(pods).filter((pod) => pod.ready);
      seen.push(ready.map(({ name }) => name));
    });
    return new PodSampler(loop, seen);
  }

  /** How often the pods were seen. */
  get samples(): number {
    return this.seen.length;
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** The fewest ready pods that a workload ever had. */
  fewest(workload: string): number {
    return Math.min(...this.seen.map((names) => names.filter((name) => name.startsWith(`${workload}-`)).length));
  }
}
