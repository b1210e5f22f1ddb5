import { setTimeout as sleep } from 'node:timers/promises';
import { podStates } from '../rollout/cluster/pods';
import { ApiProxy } from './api-proxy';
import type { Kubectl } from './kubectl';

const INTERVAL_MS = 200;

/** Watches the ready pods of a namespace, whoever owns them: while a Deployment is being replaced, nobody does. */
export class PodSampler {
  /** How often the pods were looked at. */
  samples = 0;
  private readonly looks: string[][] = [];
  private running = true;
  private readonly loop: Promise<void>;

  private constructor(
    private readonly proxy: ApiProxy,
    private readonly namespace: string,
  ) {
    this.loop = this.sample();
  }

  static async start(kubectl: Kubectl, namespace: string): Promise<PodSampler> {
    return new PodSampler(await ApiProxy.start(kubectl), namespace);
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.loop;
    this.proxy.stop();
  }

  /** The fewest ready pods that a workload ever had. */
  fewest(workload: string): number {
    return Math.min(...this.looks.map((names) => names.filter((name) => name.startsWith(`${workload}-`)).length));
  }

  private async sample(): Promise<void> {
    while (this.running) {
      const pods = await this.proxy.list(`/api/v1/namespaces/${this.namespace}/pods`);
      if (pods !== undefined) {
        this.looks.push(
          podStates(pods)
            .filter(({ ready }) => ready)
            .map(({ name }) => name),
        );
        this.samples += 1;
      }
      await sleep(INTERVAL_MS);
    }
  }
}
