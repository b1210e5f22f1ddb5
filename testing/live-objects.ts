import type { KubeObject } from '../model/kube-object';

const NAMESPACE = 'aia';

/** A live Deployment that is whole, but for what the status says otherwise. */
export function liveDeployment(
  name: string,
  replicas: number,
  status: Readonly<Record<string, unknown>> = {},
  spec: Readonly<Record<string, unknown>> = {},
): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: NAMESPACE, generation: 1 },
    spec: { replicas, ...spec },
    status: { replicas, availableReplicas: replicas, updatedReplicas: replicas, observedGeneration: 1, ...status },
  };
}

/** A pod of a Deployment. */
export function livePod(
  name: string,
  owner: string,
  {
    ready = true,
    node = 'node-1',
    restarts = 0,
  }: { ready?: boolean; node?: string | undefined; restarts?: number } = {},
  container: object = {},
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: NAMESPACE,
      uid: `uid-${name}`,
      ownerReferences: [{ kind: 'ReplicaSet', name: owner }],
    },
    spec: { ...(node === '' ? {} : { nodeName: node }) },
    status: {
      phase: node === '' ? 'Pending' : 'Running',
      conditions: [
        { type: 'Ready', status: ready ? 'True' : 'False' },
        ...(node === ''
          ? [{ type: 'PodScheduled', status: 'False', message: '0/8 nodes are available: 8 Insufficient cpu.' }]
          : []),
      ],
      containerStatuses: [
        { name: 'main', image: 'registry.example.com/main:1', restartCount: restarts, state: {}, ...container },
      ],
    },
  };
}

/** An application of Argo CD that is Synced and Healthy at a commit. */
export function liveApplication(name: string, path: string, revision: string, status: object = {}): KubeObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd' },
    spec: { source: { path, repoURL: 'https://git.example.com/aia/aia-gitops.git', targetRevision: 'main' } },
    status: {
      sync: { status: 'Synced', revision, comparedTo: { source: { path } } },
      health: { status: 'Healthy' },
      operationState: { phase: 'Succeeded', syncResult: { revision } },
      ...status,
    },
  };
}

/** What Git holds of a workload: only what is compared. */
export function wantedDeployment(name: string, replicas = 2): KubeObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: NAMESPACE }, spec: { replicas } };
}
