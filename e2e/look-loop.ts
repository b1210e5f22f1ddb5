import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProxy } from './api-proxy';
import type { Kubectl } from './kubectl';

/** From the beginning of one look to that of the next, where it takes no longer. */
const INTERVAL_MS = 200;

/** The API server answers such a list from its memory, milliseconds late, without asking its store. */
export const FROM_CACHE = 'resourceVersion=0';

/** Looks at a cluster again and again, in the background, until it is stopped. */
export class LookLoop {
  /** How often it has looked. */
  looks = 0;
  private running = true;
  private readonly loop: Promise<void>;

  private constructor(
    private readonly proxy: ApiProxy,
    look: (proxy: ApiProxy) => Promise<void>,
  ) {
    this.loop = this.run(look);
  }

  static async start(kubectl: Kubectl, look: (proxy: ApiProxy) => Promise<void>): Promise<LookLoop> {
    return new LookLoop(await ApiProxy.start(kubectl), look);
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.loop;
    this.proxy.stop();
  }

  private async run(look: (proxy: ApiProxy) => Promise<void>): Promise<void> {
    while (this.running) {
      const start = Date.now();
      await look(this.proxy);
      this.looks += 1;
      await sleep(Math.max(0, INTERVAL_MS - (Date.now() - start)));
    }
  }
}
