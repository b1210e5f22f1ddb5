import type { Alert } from '../../model/platform/alert';

/** What says that load outgrows what scales. */
export const scalingAlerts = [
  {
    alert: 'AutoscalerSaturated',
    each: 'autoscaler',
    expr: 'kube_horizontalpodautoscaler_status_current_replicas{namespace="<namespace>",horizontalpodautoscaler="<service>"} >= <maxReplicas>',
    for: '30m',
    severity: 'ticket',
    summary: '<service> has run at its maximum of <maxReplicas> replicas for half an hour: more load makes it slow.',
    runbook: 'autoscaler-saturated',
  },
  {
    alert: 'AutoscalerBlind',
    each: 'autoscaler',
    expr:
      'kube_horizontalpodautoscaler_status_condition{namespace="<namespace>",horizontalpodautoscaler="<service>",' +
      'condition="ScalingActive",status="false"} == 1',
    for: '10m',
    severity: 'ticket',
    summary: 'The autoscaler of <service> does not see its metric, for ten minutes: replicas stay as they are.',
    runbook: 'blind-autoscaler',
  },
  {
    alert: 'QueueGrowing',
    each: 'trigger',
    of: { services: ['ml-inference-service'] },
    // More waits than the most replicas are made for, and it grows: it will not empty by itself.
    expr: '(<query>) > <most> and deriv((<query>)[30m:1m]) > 0',
    for: '5m',
    severity: 'ticket',
    summary: '{{ $value | humanize }} wait in the queue of <service>, and it grows; all its replicas can take <most>.',
    runbook: 'queue-growing',
  },
  {
    alert: 'QueueGrowing',
    each: 'platform',
    expr: 'sum by (cluster_queue) (kueue_pending_workloads{cluster_queue=~"<name>-.*"}) > 0',
    for: '6h',
    severity: 'ticket',
    summary:
      '{{ $value }} batch jobs have waited in {{ $labels.cluster_queue }} for six hours: there is no room for them.',
    runbook: 'queue-growing',
  },
] satisfies Alert[];
