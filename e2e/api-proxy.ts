import { spawn, type ChildProcess } from 'node:child_process';
import type { KubeObject } from '../model/kube-object';
import { stopOnExit } from './cluster';
import type { Kubectl } from './kubectl';
import { CannotRun } from './problem';

/** A kubectl proxy: a kubectl process for each look would be too slow to see a dip. */
export class ApiProxy {
  private constructor(
    private readonly process: ChildProcess,
    private readonly address: string,
  ) {}

  static async start({ kubeconfig }: Kubectl): Promise<ApiProxy> {
    const proxy = spawn('kubectl', ['proxy', '--port=0'], { env: { ...process.env, KUBECONFIG: kubeconfig } });
    stopOnExit(() => proxy.kill());
    const address = await new Promise<string>((resolve, reject) => {
      proxy.stdout.on('data', (text: Buffer) => {
        const found = /127\.0\.0\.1:\d+/.exec(text.toString());
        if (found !== null) resolve(`http://${found[0]}`);
      });
      proxy.once('exit', () => {
        reject(
          new CannotRun('kubectl proxy ended at once', 'run `kubectl proxy --port=0` by hand and see what it says'),
        );
      });
    });
    return new ApiProxy(proxy, address);
  }

  stop(): void {
    this.process.removeAllListeners('exit');
    this.process.kill();
  }

  /** The items of a list by its path; undefined where the API server did not answer. */
  async list(path: string): Promise<KubeObject[] | undefined> {
    const answer = await fetch(`${this.address}${path}`).catch(() => undefined);
    return answer?.ok === true ? ((await answer.json()) as { items: KubeObject[] }).items : undefined;
  }
}
