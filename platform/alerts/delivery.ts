import type { Alert } from '../../model/platform/alert';

/** Whether the cluster is what Git says. */
export const deliveryAlerts = [
  {
    alert: 'ApplicationOutOfSync',
    each: 'platform',
    expr: 'argocd_app_info{name=~"<name>-.*",sync_status!="Synced"} == 1',
    // A step takes minutes; self-heal takes seconds.
    for: '30m',
    severity: 'ticket',
    summary:
      '{{ $labels.name }} has been {{ $labels.sync_status }} for half an hour: the cluster is not what Git says.',
    runbook: 'sync-failed',
  },
  {
    alert: 'ApplicationSyncFailing',
    each: 'platform',
    expr:
      'sum by (name) (increase(argocd_app_sync_total{name=~"<name>-.*",phase=~"Error|Failed"}[30m])) > 0 and ' +
      'on (name) argocd_app_info{name=~"<name>-.*",sync_status!="Synced"} == 1',
    for: '5m',
    severity: 'ticket',
    summary: 'The sync of {{ $labels.name }} has failed {{ $value | humanize }} times in half an hour.',
    runbook: 'sync-failed',
  },
] satisfies Alert[];
