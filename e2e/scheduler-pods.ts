import type { Arena, Group } from '../capacity/arena';
import type { KubeObject } from '../model/kube-object';
import type { ClusterNodes } from '../model/platform/cluster-nodes';

const IMAGE = 'registry.k8s.io/pause:3.9';

/** Fields of a pod's spec by which the scheduler places it. */
const PLACED_BY = ['nodeSelector', 'affinity', 'tolerations', 'topologySpreadConstraints', 'priorityClassName'];

/** A pod with the group's requests and its wishes, and nothing else: no image of ours exists. */
export function podOf(group: Group, arena: Arena, name: string, namespace: string): KubeObject {
  const wishes = PLACED_BY.flatMap((field) => (group.spec[field] === undefined ? [] : [[field, group.spec[field]]]));
  const requests = Object.fromEntries(arena.resources.map((resource, at) => [resource, quantity(resource, group, at)]));
  return bare(name, namespace, group.labels, { ...(Object.fromEntries(wishes) as object) }, requests);
}

/** What the DaemonSets of the add-ons take, as one pod bound to each node. */
export function daemonPods({ nodes, onEachNode }: ClusterNodes, namespace: string): KubeObject[] {
  return nodes.map(({ name }) =>
    bare(
      `daemons-${name}`,
      namespace,
      {},
      { nodeName: name, tolerations: [{ operator: 'Exists' }] },
      {
        cpu: `${onEachNode.cpuMillicores}m`,
        memory: String(onEachNode.memoryBytes),
      },
    ),
  );
}

function bare(
  name: string,
  namespace: string,
  labels: Readonly<Record<string, string>>,
  wishes: object,
  requests: Readonly<Record<string, string>>,
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'app', image: IMAGE, resources: { requests } }],
      ...wishes,
    },
  };
}

function quantity(resource: string, { needs }: Group, at: number): string {
  return `${needs[at] ?? 0}${resource === 'cpu' ? 'm' : ''}`;
}
