import { nodeCount } from '../model/platform/nodes';
import type { Place } from '../model/platform/presence';
import type { BoardSpec } from './board';
import { RATE } from './queries';
import { store } from './store';

/** By node, what it has for pods; the unit is part of the series. */
const allocatable = (resource: 'cpu' | 'memory'): string => `kube_node_status_allocatable{resource="${resource}"}`;

/** Room and money: what is there, what is asked for, what is used, and what is paid for and lies idle. */
export function capacity(place: Place): BoardSpec {
  const { platform, cluster, phase } = place;
  const { namespace, labelDomain } = platform.settings;
  const pool = `label_${labelDomain.replace(/[^a-zA-Z0-9_]/g, '_')}_pool`;
  const spread = `label_${labelDomain.replace(/[^a-zA-Z0-9_]/g, '_')}_capacity_spread`;
  const zone = 'label_topology_kubernetes_io_zone';
  const nodes = nodeCount(cluster, phase);
  const ofNamespace = `namespace="${namespace}"`;
  return {
    uid: 'aia-capacity',
    title: 'AIA / Capacity and cost',
    description: `Nodes, room, and what is paid for and lies idle. Prices are in platform/prices.yaml: \`aia cost\` has the bill.`,
    rows: [
      {
        title: 'Nodes',
        panels: [
          {
            kind: 'stat',
            title: 'Nodes ready',
            description: `This phase has ${nodes} nodes here. Each costs the same whether it is full or empty.`,
            unit: 'count',
            queries: [{ expr: 'sum(kube_node_status_condition{condition="Ready",status="true"})' }],
            steps: [
              { from: 0, color: 'red' },
              { from: nodes, color: 'green' },
            ],
            runbook: 'node-lost',
          },
          {
            kind: 'stat',
            title: 'Of these on spot capacity',
            description: 'Nodes with a capacity-spread of their own: the cloud may take them back within 30 seconds.',
            unit: 'count',
            queries: [{ expr: `count(kube_node_labels{${spread}!="",${spread}!="1"}) or vector(0)` }],
            runbook: 'spot-lost',
          },
          {
            kind: 'stat',
            title: 'Pods that found no node',
            description: 'Pods that no node has room for.',
            unit: 'count',
            queries: [{ expr: 'count(kube_pod_status_unschedulable == 1) or vector(0)' }],
            steps: [{ from: 1, color: 'red' }],
            runbook: 'no-node',
          },
          {
            kind: 'timeseries',
            title: 'Nodes by pool',
            description: 'A pool that falls below what it should have has lost a node.',
            unit: 'count',
            queries: [{ expr: `count by (${pool}) (kube_node_labels)`, legend: `{{${pool}}}` }],
            stacked: true,
            runbook: 'node-lost',
          },
          {
            kind: 'timeseries',
            title: 'Nodes by zone',
            description: 'A zone that falls to zero is lost.',
            unit: 'count',
            queries: [
              {
                expr: `count by (${zone}) (kube_node_labels * on (node) group_left () (max by (node) (kube_node_status_condition{condition="Ready",status="true"}) == 1))`,
                legend: `{{${zone}}}`,
              },
            ],
            stacked: true,
            runbook: 'node-lost',
          },
        ],
      },
      {
        title: 'Room',
        panels: [
          {
            kind: 'timeseries',
            title: 'CPU requested, by pool',
            description:
              'Share of what pods may request that is taken. At 100 % no further pod fits, whatever nodes really do.',
            unit: 'ratio',
            queries: [{ expr: requestedByPool('cpu', pool), legend: `{{${pool}}}` }],
            steps: [{ from: 0.95, color: 'red' }],
            max: 1,
            runbook: 'no-node',
          },
          {
            kind: 'timeseries',
            title: 'Memory requested, by pool',
            description: 'The same for memory.',
            unit: 'ratio',
            queries: [{ expr: requestedByPool('memory', pool), legend: `{{${pool}}}` }],
            steps: [{ from: 0.95, color: 'red' }],
            max: 1,
            runbook: 'no-node',
          },
          {
            kind: 'timeseries',
            title: 'CPU really used, by node',
            description: 'What nodes really do. Low while requests are high: requests are too large.',
            unit: 'ratio',
            queries: [
              {
                expr: `1 - avg by (node) (rate(node_cpu_seconds_total{mode="idle"}${RATE}))`,
                legend: '{{node}}',
              },
            ],
            max: 1,
          },
          {
            kind: 'timeseries',
            title: 'Memory really used, by node',
            description: 'A node that runs out of memory kills pods, the least important first.',
            unit: 'ratio',
            queries: [{ expr: '1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes', legend: '{{node}}' }],
            max: 1,
          },
          {
            kind: 'timeseries',
            title: 'Root disk, by node',
            description: 'How full it is. Images and logs of pods lie there; a full one evicts pods.',
            unit: 'ratio',
            queries: [
              {
                expr: '1 - node_filesystem_avail_bytes{mountpoint="/"} / node_filesystem_size_bytes{mountpoint="/"}',
                legend: '{{node}}',
              },
            ],
            max: 1,
            runbook: 'volume-full',
          },
          {
            kind: 'timeseries',
            title: 'Quota of the namespace',
            description: 'Share of the quota that is taken. At 100 % no further pod is created.',
            unit: 'ratio',
            queries: [
              {
                expr:
                  `sum by (resource) (kube_resourcequota{${ofNamespace},type="used"}) / ` +
                  `(sum by (resource) (kube_resourcequota{${ofNamespace},type="hard"}) > 0)`,
                legend: '{{resource}}',
              },
            ],
            max: 1,
            runbook: 'pods-refused',
          },
        ],
      },
      {
        title: 'Money',
        panels: [
          {
            kind: 'timeseries',
            title: 'CPU that is paid for and idle',
            description:
              'Cores that nodes have, that pods asked for, and that are really used. The gap at the top is free room, the lower one is requests that are too large.',
            unit: 'cores',
            queries: [
              { expr: `sum(${allocatable('cpu')})`, legend: 'paid for' },
              { expr: 'sum(kube_pod_container_resource_requests{resource="cpu"})', legend: 'requested' },
              {
                expr: `sum(rate(container_cpu_usage_seconds_total{container!="",container!="POD"}${RATE}))`,
                legend: 'used',
              },
            ],
            width: 12,
          },
          {
            kind: 'timeseries',
            title: 'Who asks for it',
            description: 'CPU requested by namespace: the platform and each add-on.',
            unit: 'cores',
            queries: [
              {
                expr: 'sum by (namespace) (kube_pod_container_resource_requests{resource="cpu"})',
                legend: '{{namespace}}',
              },
            ],
            stacked: true,
            width: 12,
          },
          {
            kind: 'timeseries',
            title: 'ML inference on spot and on demand',
            description:
              'Pods of ML inference by the pool of their node: the saving rests on most of them being on spot nodes.',
            unit: 'count',
            queries: [
              {
                expr:
                  `count by (${pool}) (kube_pod_info{${ofNamespace},pod=~"ml-inference-service-.*"} ` +
                  `* on (node) group_left (${pool}) max by (node, ${pool}) (kube_node_labels))`,
                legend: `{{${pool}}}`,
              },
            ],
            stacked: true,
            width: 12,
            runbook: 'spot-lost',
          },
          {
            kind: 'timeseries',
            title: 'Volumes',
            description: 'Size of all claims, which is paid for whether it is used or not, and what is used.',
            unit: 'bytes',
            queries: [
              { expr: 'sum(kubelet_volume_stats_capacity_bytes)', legend: 'paid for' },
              { expr: 'sum(kubelet_volume_stats_used_bytes)', legend: 'used' },
            ],
            width: 12,
          },
        ],
      },
      store(place),
    ],
  };
}

/** Of pods that run: what ended still has its requests in the API, and takes no room. */
function requestedByPool(resource: 'cpu' | 'memory', pool: string): string {
  const byNode =
    `sum by (node) (kube_pod_container_resource_requests{resource="${resource}"} ` +
    `* on (namespace, pod) group_left () (max by (namespace, pod) (kube_pod_status_phase{phase=~"Pending|Running"}) == 1))`;
  const joined = (expr: string): string =>
    `sum by (${pool}) (${expr} * on (node) group_left (${pool}) kube_node_labels)`;
  return `${joined(byNode)} / ${joined(`sum by (node) (${allocatable(resource)})`)}`;
}
