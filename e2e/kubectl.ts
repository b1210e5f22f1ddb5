import type { KubeObject } from '../model/kube-object';
import { CommandError, run } from './command';

/** kubectl against one cluster. */
export class Kubectl {
  constructor(readonly kubeconfig: string) {}

  /** Runs kubectl and returns what it prints. */
  run(...args: string[]): Promise<string> {
    return run('kubectl', args, { env: { KUBECONFIG: this.kubeconfig } });
  }

  /** Applies manifests given as text. */
  async apply(manifests: string, ...options: string[]): Promise<void> {
    await run('kubectl', ['apply', '-f', '-', ...options], {
      env: { KUBECONFIG: this.kubeconfig },
      input: manifests,
    });
  }

  /** One object; undefined where it is not there, or its kind isn't. */
  async find(namespace: string, kind: string, name: string): Promise<KubeObject | undefined> {
    const text = await this.run('get', kind, name, '-n', namespace, '-o', 'json', '--ignore-not-found');
    return text.trim() === '' ? undefined : (JSON.parse(text) as KubeObject);
  }

  /** All objects of some kinds (comma-separated) in a namespace. */
  async list(namespace: string, kinds: string): Promise<KubeObject[]> {
    const text = await this.run('get', kinds, '-n', namespace, '-o', 'json', '--ignore-not-found');
    return text.trim() === '' ? [] : (JSON.parse(text) as { items: KubeObject[] }).items;
  }

  /** Why kubectl refuses a command; undefined where it does not. */
  async refusal(...args: string[]): Promise<string | undefined> {
    try {
      await this.run(...args);
      return undefined;
    } catch (error) {
      if (error instanceof CommandError) return error.message;
      throw error;
    }
  }
}
