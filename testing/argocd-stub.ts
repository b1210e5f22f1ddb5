import { parse } from 'yaml';
import { field } from '../rollout/cluster/field';
import type { KubeStub } from './kube-stub';
import { liveApplication, liveDeployment } from './live-objects';
import type { RemoteRepository } from './remote-repository';

const LAYERS = ['platform', 'policy', 'workloads'];

/**
 * Argo CD as a rollout of the cluster `west` meets it: acts on a refresh, moves layers as the root has them, and takes up
 * no newer commit while the root's operation waits for health. `sick` is a phase whose Deployment never gets ready.
 */
export class ArgocdStub {
  private root = { revision: '', phase: '', busy: false };

  constructor(
    private readonly api: KubeStub,
    private readonly remote: RemoteRepository,
    private readonly sick?: string,
  ) {
    api.serve('argoproj.io/v1alpha1', 'Application', 'applications');
    api.onPatch = (path, body) => {
      this.patched(path.split('/').at(-1) ?? '', body);
    };
    this.refresh('shop-root');
    for (const layer of LAYERS) this.refresh(`shop-${layer}-west`);
  }

  private patched(name: string, body: unknown): void {
    if (field(body, 'status', 'operationState', 'phase') === 'Terminating') {
      if (name === 'shop-root') this.root.busy = false;
    } else if (field(body, 'metadata', 'annotations', 'argocd.argoproj.io/refresh') === 'normal') this.refresh(name);
  }

  private refresh(name: string): void {
    if (name !== 'shop-root') {
      this.syncLayer(name);
      return;
    }
    if (this.root.busy) return;
    const revision = this.remote.git(this.remote.url, 'rev-parse', 'main').trim();
    const phase = String(field(parse(this.remote.read('platform/clusters.yaml')), 'clusters', 'west', 'phase'));
    this.root = { revision, phase, busy: phase === this.sick };
    const operation = { phase: this.root.busy ? 'Running' : 'Succeeded', syncResult: { revision } };
    this.api.put(liveApplication(name, 'argocd/west', revision, { operationState: operation }));
  }

  private syncLayer(name: string): void {
    const { revision, phase } = this.root;
    const layer = name.replace(/^shop-|-west$/g, '');
    this.api.put(liveApplication(name, `dist/${phase}/west/${layer}`, revision));
    if (layer !== 'workloads') return;
    const stuck = {
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: 'it never came',
    };
    this.api.put(liveDeployment('web', 2, phase === this.sick ? { availableReplicas: 0, conditions: [stuck] } : {}));
  }
}
