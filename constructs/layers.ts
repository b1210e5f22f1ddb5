import { App, Chart } from 'cdk8s';

/** The layers of a cluster in the order in which Argo CD syncs them; no object ever changes its layer. */
export const LAYERS = ['platform', 'policy', 'workloads'] as const;

/** `platform`: what is there once; `policy`: who may talk to whom; `workloads`: all that is named for one workload. */
export type Layer = (typeof LAYERS)[number];

/** One cdk8s chart per layer. The chart has no namespace, since cdk8s would put it on cluster-scoped objects too. */
export class Layers extends App {
  readonly platform: Chart;
  readonly policy: Chart;
  readonly workloads: Chart;

  constructor() {
    super();
    this.platform = new Chart(this, 'platform', { disableResourceNameHashes: true });
    this.policy = new Chart(this, 'policy', { disableResourceNameHashes: true });
    this.workloads = new Chart(this, 'workloads', { disableResourceNameHashes: true });
  }
}
