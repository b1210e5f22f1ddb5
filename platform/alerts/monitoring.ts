import type { Alert } from '../../model/platform/alert';

/**
 * A source that alerts rest on is silent. `metric` is one that the source always has: what counts only when something
 * happens would be missing on a quiet night.
 */
function missing(source: string, metric: string): Alert {
  return {
    alert: 'MetricsMissing',
    each: 'platform',
    expr: `absent(${metric})`,
    for: '10m',
    severity: 'ticket',
    summary: `Nothing has been heard of ${source} for ten minutes: alerts that read it are silent.`,
    runbook: 'metrics-missing',
    labels: { source },
  };
}

export const monitoringAlerts: readonly Alert[] = [
  missing('kube-state-metrics', 'kube_deployment_spec_replicas{namespace="<namespace>"}'),
  missing('cadvisor', 'container_memory_working_set_bytes{namespace="<namespace>"}'),
  missing('kubelet', 'kubelet_volume_stats_capacity_bytes{namespace="<namespace>"}'),
  missing('argocd', 'argocd_app_info{name=~"<name>-.*"}'),
  missing('istio-proxy', 'istio_agent_cert_expiry_seconds{namespace="<namespace>"}'),
  missing('ml-inference-service', 'aia_ml_queue_depth{namespace="<namespace>"}'),
];
