import { setTimeout as sleep } from 'node:timers/promises';
import { kubeStateOf, type Sample } from '../../testing/kube-state';
import { ApiProxy } from '../api-proxy';
import type { Kubectl } from '../kubectl';
import { CannotRun } from '../problem';

/** How often Prometheus reads kube-state-metrics: the default of its chart. */
export const SCRAPE_SECONDS = 30;

/**
 * What Prometheus adds to each series from where it read it, unless the series has the label itself (`honorLabels`). A rule
 * must live with them: a Deployment's series carry the pod and container of kube-state-metrics.
 */
const TARGET = {
  job: 'kube-state-metrics',
  endpoint: 'http',
  instance: '10.64.0.9:8080',
  service: 'kube-prometheus-stack-kube-state-metrics',
  namespace: 'monitoring',
  pod: 'kube-prometheus-stack-kube-state-metrics-0',
  container: 'kube-state-metrics',
};

/** Values of a series by the number of the scrape; where it was not there, nothing stands. */
export type Series = ReadonlyMap<number, number>;

/**
 * Reads the objects of a cluster at the times at which Prometheus would read kube-state-metrics, and keeps what that would say.
 * Nothing is stretched or filled in: one scrape here is one scrape there, thirty seconds apart.
 */
export class Recorder {
  /** By name and labels, as Prometheus writes them. */
  readonly series = new Map<string, Map<number, number>>();
  /** Number of scrapes so far; the last one is `scrapes - 1`. */
  scrapes = 0;
  private readonly start = Date.now();

  private constructor(
    private readonly proxy: ApiProxy,
    private readonly namespace: string,
  ) {}

  static async start(kubectl: Kubectl, namespace: string): Promise<Recorder> {
    return new Recorder(await ApiProxy.start(kubectl), namespace);
  }

  stop(): void {
    this.proxy.stop();
  }

  /** Waits until the next scrape is due, and does it. */
  async scrape(): Promise<void> {
    await sleep(Math.max(0, this.start + this.scrapes * SCRAPE_SECONDS * 1000 - Date.now()));
    const late = (Date.now() - this.start) / 1000 - this.scrapes * SCRAPE_SECONDS;
    if (late > SCRAPE_SECONDS)
      throw new CannotRun(`a scrape is ${late.toFixed(0)} s late: the machine is too busy`, 'run it on its own');
    for (const object of await this.objects()) for (const sample of kubeStateOf(object)) this.note(sample);
    this.note({ name: 'up', labels: {}, value: 1 });
    this.scrapes += 1;
  }

  private async objects(): Promise<ReturnType<typeof asObjects>> {
    const own = `namespaces/${this.namespace}`;
    const lists = await Promise.all(
      (
        [
          ['v1', 'Pod', `/api/v1/${own}/pods`],
          ['v1', 'Node', '/api/v1/nodes'],
          ['apps/v1', 'Deployment', `/apis/apps/v1/${own}/deployments`],
          ['apps/v1', 'StatefulSet', `/apis/apps/v1/${own}/statefulsets`],
          ['policy/v1', 'PodDisruptionBudget', `/apis/policy/v1/${own}/poddisruptionbudgets`],
        ] as const
      ).map(async ([apiVersion, kind, path]) => asObjects(apiVersion, kind, await this.proxy.list(path))),
    );
    return lists.flat();
  }

  private note({ name, labels, value }: Sample): void {
    const all: Record<string, string> = { ...TARGET, ...labels };
    const text = Object.keys(all)
      .sort()
      .map((label) => `${label}="${(all[label] ?? '').replaceAll(/["\\]/g, '\\$&')}"`)
      .join(',');
    const key = `${name}{${text}}`;
    const values = this.series.get(key) ?? new Map<number, number>();
    values.set(this.scrapes, value);
    this.series.set(key, values);
  }
}

/** The items of a list say neither kind nor version. */
function asObjects(
  apiVersion: string,
  kind: string,
  items: Awaited<ReturnType<ApiProxy['list']>>,
): NonNullable<typeof items> {
  return (items ?? []).map((item) => ({ ...item, apiVersion, kind }));
}
