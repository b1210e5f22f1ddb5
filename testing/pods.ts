import type { KubeObject } from '../model/kube-object';
import type { ClusterNode, ClusterNodes } from '../model/platform/cluster-nodes';
import { podResources } from '../model/pod-requests';

/** A Deployment in as few words as a test needs: its requests, and whatever else its pods say. */
export function deployment(
  name: string,
  replicas: number,
  requests: Readonly<Record<string, string>>,
  more: {
    readonly spec?: object;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly strategy?: object;
  } = {},
): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      strategy: more.strategy ?? { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
      template: {
        metadata: { labels: { app: name }, annotations: more.annotations ?? {} },
        spec: { containers: [{ name: 'app', resources: { requests } }], ...more.spec },
      },
    },
  };
}

/** A node of a made-up machine. */
export function node(name: string, cpu: string, memory: string, more: Partial<ClusterNode> = {}): ClusterNode {
  const zone = more.zone ?? 'a';
  return {
    name,
    pool: 'pool',
    zone,
    region: 'den',
    machine: 'box',
    capacity: 'on-demand',
    taints: [],
    allocatable: podResources({ resources: { requests: { cpu, memory } } }),
    pods: 110,
    ...more,
    labels: { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': zone, ...more.labels },
  };
}

/** Nodes without add-ons. */
export function nodesOnly(...nodes: readonly ClusterNode[]): ClusterNodes {
  return { nodes, addons: [], onEachNode: { cpuMillicores: 0n, memoryBytes: 0n }, addonDisks: [] };
}

/** Only one pod of the Deployment on each value of a label. */
export function apartBy(topologyKey: string, app: string, maxSkew = 1): object {
  return {
    topologySpreadConstraints: [
      { maxSkew, topologyKey, whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app } } },
    ],
  };
}
