import type { KubeObject } from '../model/kube-object';
import { seriesByName } from '../model/platform/metric';
import { named } from '../model/platform/named';
import { metrics } from '../platform/metrics';
import { kubeStateOf, type Sample } from './kube-state';

const catalogue = seriesByName(named(metrics));

const POD: KubeObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'api-5d9-x',
    namespace: 'aia',
    uid: 'u1',
    ownerReferences: [{ kind: 'ReplicaSet', name: 'api-5d9', controller: true }],
  },
  spec: { nodeName: 'core-1' },
  status: {
    phase: 'Running',
    conditions: [
      { type: 'Ready', status: 'False' },
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable' },
    ],
    containerStatuses: [
      { name: 'api', restartCount: 5, ready: false, state: { waiting: { reason: 'CrashLoopBackOff' } } },
    ],
  },
};
const DEPLOYMENT: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'api', namespace: 'aia', generation: 2 },
  spec: { replicas: 3 },
  status: {
    replicas: 3,
    availableReplicas: 2,
    unavailableReplicas: 1,
    conditions: [{ type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated' }],
  },
};
const NODE: KubeObject = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: 'core-1',
    labels: { 'topology.kubernetes.io/zone': 'europe-west4-a', 'aia.io/pool': 'core', 'kubernetes.io/os': 'linux' },
  },
  spec: { taints: [{ key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' }] },
  status: { conditions: [{ type: 'Ready', status: 'Unknown' }] },
};
const OTHERS: readonly KubeObject[] = [
  { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'store', namespace: 'aia' }, spec: { replicas: 2 } },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'api', namespace: 'aia' } },
];

/** Values of a series by one of its labels. */
function values(object: KubeObject, name: string, label: string): Record<string, number> {
  const found = kubeStateOf(object).filter((sample: Sample) => sample.name === name);
  return Object.fromEntries(found.map(({ labels, value }): [string, number] => [labels[label] ?? '', value]));
}

test.each([POD, DEPLOYMENT, NODE, ...OTHERS])(
  '$kind: every series is in the catalogue, with no label but its own',
  (object) => {
    const samples = kubeStateOf(object);
    expect(samples.length).toBeGreaterThan(3);
    for (const { name, labels } of samples) {
      const series = catalogue.get(name);
      expect([name, series?.source.name]).toEqual([name, 'kube-state-metrics']);
      for (const label of Object.keys(labels))
        expect([name, label, series?.labels.has(label)]).toEqual([name, label, true]);
    }
  },
);

// What docs/metrics of kube-state-metrics says of each state: one series for each that there can be, and 1 for the one it is.
test('a state is 1 at what it is, and 0 at all that it is not', () => {
  expect(values(POD, 'kube_pod_status_phase', 'phase')).toEqual({
    ...{ Pending: 0, Running: 1, Succeeded: 0, Failed: 0, Unknown: 0 },
  });
  expect(values(POD, 'kube_pod_status_ready', 'condition')).toEqual({ true: 0, false: 1, unknown: 0 });
  expect(values(NODE, 'kube_node_status_condition', 'status')).toEqual({ true: 0, false: 0, unknown: 1 });
});

test('restarts are counted, and why a container waits is told', () => {
  expect(values(POD, 'kube_pod_container_status_restarts_total', 'container')).toEqual({ api: 5 });
  expect(values(POD, 'kube_pod_container_status_waiting_reason', 'reason')).toEqual({ CrashLoopBackOff: 1 });
  expect(values(POD, 'kube_pod_status_unschedulable', 'pod')).toEqual({ 'api-5d9-x': 1 });
});

test('replicas are those of spec and status; what a status leaves out is none', () => {
  expect(values(DEPLOYMENT, 'kube_deployment_spec_replicas', 'deployment')).toEqual({ api: 3 });
  expect(values(DEPLOYMENT, 'kube_deployment_status_replicas_available', 'deployment')).toEqual({ api: 2 });
  expect(values(DEPLOYMENT, 'kube_deployment_status_replicas_updated', 'deployment')).toEqual({ api: 0 });
});

test('of the labels of a node those are shown that the chart is told to show', () => {
  const [labels] = kubeStateOf(NODE).filter(({ name }) => name === 'kube_node_labels');
  expect(labels?.labels).toEqual({
    node: 'core-1',
    label_topology_kubernetes_io_zone: 'europe-west4-a',
    label_aia_io_pool: 'core',
  });
});
