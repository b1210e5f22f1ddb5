import { series, type AlertCase, type SeriesOf } from './case';

/** Nodes of europe-west4 in phase 3 (design, section 4): six on demand, two on spot, in three zones. */
const NODES = [
  ['core-a', 'core', 'a'],
  ['core-b', 'core', 'b'],
  ['core-c', 'core', 'c'],
  ['core-extra', 'core', 'a'],
  ['cognitive-b', 'cognitive', 'b'],
  ['cognitive-c', 'cognitive', 'c'],
  ['spot-a', 'ml-spot', 'a'],
  ['spot-b', 'ml-spot', 'b'],
] as const;

/** All nodes, those that are named with other samples: `_` is a scrape in which the node is not there. */
export function fleet(
  minutes: number,
  changed: Readonly<Record<string, { seen?: string; ready?: string }>> = {},
): SeriesOf {
  return Object.fromEntries(
    NODES.flatMap(([node, pool, zone]) => {
      const { seen = `1x${minutes}`, ready = seen } = changed[node] ?? {};
      const labels = { node, label_aia_io_pool: pool, label_topology_kubernetes_io_zone: `europe-west4-${zone}` };
      return [
        [series('kube_node_labels', labels), seen],
        [series('kube_node_status_condition', { node, condition: 'Ready', status: 'true' }), ready],
      ];
    }),
  );
}

/** There until minute 4, gone from minute 5 on. */
const gone = { seen: '1x4 stale' };

export const nodeCases: readonly AlertCase[] = [
  {
    alert: 'NodeLost',
    severity: 'ticket',
    what: 'a node that is not ready any more',
    fires: fleet(30, { 'core-b': { ready: '1x4 0x25' } }),
    at: 10,
    labels: { pool: 'core' },
    summary: 'Of 4 nodes of the pool core only 3 are ready.',
    runbook: 'node-lost',
    // Replaced within four minutes, as an upgrade does.
    quiet: fleet(30, { 'core-b': { ready: '1x4 0x3 1x22' } }),
  },
  {
    alert: 'ZoneLost',
    severity: 'page',
    what: 'all nodes of a zone are gone',
    fires: fleet(30, { 'core-a': gone, 'core-extra': gone, 'spot-a': gone }),
    at: 7,
    labels: { zone: 'europe-west4-a' },
    summary: 'No node in the zone europe-west4-a is ready. What runs must do with the zones that are left.',
    runbook: 'node-lost',
    quiet: fleet(30, { 'core-a': gone, 'spot-a': gone }),
  },
  {
    alert: 'SpotCapacityLost',
    severity: 'ticket',
    what: 'a spot node that is taken back and not replaced',
    fires: fleet(30, { 'spot-b': gone }),
    at: 15,
    labels: { pool: 'ml-spot' },
    summary: 'Of 2 spot nodes of ml-spot only 1 are ready: the cloud has none to give.',
    runbook: 'spot-lost',
    quiet: fleet(30, { 'spot-b': { seen: '1x4 _x6 1x19' } }),
  },
];
