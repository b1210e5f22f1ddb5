import type { Alert } from '../../model/platform/alert';

/**
 * Nodes of a label that are there and ready; a node that is gone shows nothing, so they are counted. None is 0 only where other
 * nodes are shown: without them kube-state-metrics is silent, which `MetricsMissing` says, and no zone is lost for that.
 */
function ready(label: string): string {
  return `(count(kube_node_labels{${label}} and on (node) kube_node_status_condition{condition="Ready",status="true"} == 1) or 0 * count(kube_node_labels))`;
}

/** What the cloud takes away. */
export const nodeAlerts = [
  {
    alert: 'NodeLost',
    each: 'pool',
    of: { capacity: 'on-demand' },
    expr: `${ready('<poolLabel>="<pool>"')} < <nodes>`,
    // Longer than it takes to replace one in an upgrade.
    for: '5m',
    severity: 'ticket',
    summary: 'Of <nodes> nodes of the pool <pool> only {{ $value }} are ready.',
    runbook: 'node-lost',
  },
  {
    alert: 'ZoneLost',
    each: 'zone',
    expr: `${ready('<zoneLabel>="<zone>"')} == 0`,
    for: '2m',
    severity: 'page',
    summary: 'No node in the zone <zone> is ready. What runs must do with the zones that are left.',
    runbook: 'node-lost',
  },
  {
    alert: 'SpotCapacityLost',
    each: 'pool',
    of: { capacity: 'spot' },
    expr: `${ready('<poolLabel>="<pool>"')} < <nodes>`,
    // A spot node comes back within minutes where there is one to be had.
    for: '10m',
    severity: 'ticket',
    summary: 'Of <nodes> spot nodes of <pool> only {{ $value }} are ready: the cloud has none to give.',
    runbook: 'spot-lost',
  },
] satisfies Alert[];
