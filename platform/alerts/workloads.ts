import type { Alert } from '../../model/platform/alert';

const memory = 'container_memory_working_set_bytes{namespace="<namespace>",pod=~"<pods>",container="<container>"}';
const free = 'kubelet_volume_stats_available_bytes{namespace="<namespace>",persistentvolumeclaim=~"<claims>"}';
const size = 'kubelet_volume_stats_capacity_bytes{namespace="<namespace>",persistentvolumeclaim=~"<claims>"}';

/** What one workload's pods, memory and disks say before users notice. */
export const workloadAlerts = [
  {
    alert: 'CrashLooping',
    each: 'container',
    // The pause between two starts grows to five minutes: three restarts within fifteen are a loop, and two, which an increase may round up to 2.1, an accident.
    expr: 'increase(kube_pod_container_status_restarts_total{namespace="<namespace>",pod=~"<pods>",container="<container>"}[15m]) > 2.5',
    for: '1m',
    severity: 'page',
    summary: '<container> of {{ $labels.pod }} has ended {{ $value | humanize }} times in 15 minutes.',
    runbook: 'crash-loop',
  },
  {
    alert: 'MemoryWillRunOut',
    each: 'container',
    // Stores fill their memory on purpose, and give it back when they must.
    of: { kinds: ['Deployment'] },
    // A morning's rise is steep too, but it begins low: only what is on its way and far along counts.
    expr: `predict_linear(${memory}[1h], 4 * 3600) > 0.95 * <limitBytes> and ${memory} > 0.7 * <limitBytes> and deriv(${memory}[1h]) > 0`,
    for: '30m',
    severity: 'page',
    summary:
      '<container> of {{ $labels.pod }} will use {{ $value | humanize1024 }}B in four hours and is killed at its limit of <limit>.',
    runbook: 'out-of-memory',
  },
  {
    alert: 'VolumeWillFillUp',
    each: 'claim',
    expr: `${free} / ${size} < 0.5 and predict_linear(${free}[6h], 24 * 3600) < 0`,
    for: '1h',
    severity: 'ticket',
    summary:
      'The disk {{ $labels.persistentvolumeclaim }} of <service> has {{ $value | humanizePercentage }} left, and is full within a day.',
    runbook: 'volume-full',
  },
  {
    alert: 'VolumeWillFillUp',
    each: 'claim',
    expr: `${free} / ${size} < 0.05`,
    for: '5m',
    severity: 'page',
    summary: 'The disk {{ $labels.persistentvolumeclaim }} of <service> has {{ $value | humanizePercentage }} left.',
    runbook: 'volume-full',
  },
  {
    alert: 'RolloutStuck',
    each: 'workload',
    of: { kinds: ['Deployment'] },
    expr: 'kube_deployment_status_condition{namespace="<namespace>",deployment="<service>",condition="Progressing",status="false"} == 1',
    for: '1m',
    severity: 'ticket',
    summary: 'The new version of <service> does not become ready; Kubernetes has given it up ({{ $labels.reason }}).',
    runbook: 'not-ready',
  },
  {
    alert: 'RolloutStuck',
    each: 'workload',
    of: { kinds: ['StatefulSet'] },
    // A StatefulSet never gives up: its next pod waits for ever.
    expr:
      'kube_statefulset_status_replicas_updated{namespace="<namespace>",statefulset="<service>"} < ' +
      'kube_statefulset_replicas{namespace="<namespace>",statefulset="<service>"}',
    for: '30m',
    severity: 'ticket',
    summary: 'Half an hour on, {{ $value }} of the pods of <service> are of the new version, and no more come.',
    runbook: 'not-ready',
  },
  {
    alert: 'PodsWithoutNode',
    each: 'workload',
    expr: 'sum(kube_pod_status_unschedulable{namespace="<namespace>",pod=~"<pods>"}) > 0',
    for: '10m',
    severity: 'ticket',
    summary: 'No node has room for pods of <service>: {{ $value }} wait.',
    runbook: 'no-node',
  },
  {
    alert: 'BudgetBlocksDrain',
    each: 'budget',
    expr: 'kube_poddisruptionbudget_status_pod_disruptions_allowed{namespace="<namespace>",poddisruptionbudget="<service>"} == 0',
    for: '30m',
    severity: 'ticket',
    summary: 'No pod of <service> may be evicted, for half an hour: nodes can not be drained or upgraded.',
    runbook: 'budget-blocks-drain',
  },
] satisfies Alert[];
