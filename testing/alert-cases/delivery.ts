import { series, type AlertCase, type SeriesOf } from './case';

const APPLICATION = { name: 'aia-workloads-europe-west4', namespace: 'argocd' };
const info = (status: string): string =>
  series('argocd_app_info', { ...APPLICATION, sync_status: status, health_status: 'Healthy' });
const syncs = (phase: string): string => series('argocd_app_sync_total', { ...APPLICATION, phase });
const pods = (kind: 'deployment' | 'statefulset', desired: string, available: string): SeriesOf => ({
  [series(kind === 'deployment' ? 'kube_deployment_spec_replicas' : 'kube_statefulset_replicas', { [kind]: 'x' })]:
    desired,
  [series(`kube_${kind}_status_replicas_available`, { [kind]: 'x' })]: available,
});

/** One series of each source whose silence is told. */
const SOURCES: Readonly<Record<string, { readonly series: string; readonly labels: Record<string, string> }>> = {
  'kube-state-metrics': { series: series('kube_deployment_spec_replicas'), labels: { namespace: 'aia' } },
  cadvisor: { series: series('container_memory_working_set_bytes'), labels: { namespace: 'aia' } },
  kubelet: { series: series('kubelet_volume_stats_capacity_bytes'), labels: { namespace: 'aia' } },
  argocd: { series: info('Synced'), labels: {} },
  'istio-proxy': { series: series('istio_agent_cert_expiry_seconds'), labels: { namespace: 'aia' } },
  'ml-inference-service': { series: series('aia_ml_queue_depth'), labels: { namespace: 'aia' } },
};
const without = (source: string): SeriesOf =>
  Object.fromEntries(
    Object.entries(SOURCES).flatMap(([name, one]) => (name === source ? [] : [[one.series, '9000x30']])),
  );

export const deliveryCases: readonly AlertCase[] = [
  {
    alert: 'ApplicationOutOfSync',
    severity: 'ticket',
    what: 'an application that stays out of sync',
    fires: { [info('OutOfSync')]: '1x60' },
    at: 30,
    labels: { ...APPLICATION, sync_status: 'OutOfSync', health_status: 'Healthy' },
    summary: 'aia-workloads-europe-west4 has been OutOfSync for half an hour: the cluster is not what Git says.',
    runbook: 'sync-failed',
    quiet: { [info('OutOfSync')]: '1x20 stale', [info('Synced')]: '_x20 1x40' },
  },
  {
    alert: 'ApplicationSyncFailing',
    severity: 'ticket',
    what: 'a sync that fails again and again',
    fires: { [syncs('Failed')]: '0+1x30', [info('OutOfSync')]: '1x30' },
    at: 6,
    labels: { name: APPLICATION.name },
    summary: 'The sync of aia-workloads-europe-west4 has failed 6 times in half an hour.',
    runbook: 'sync-failed',
    // One that failed, and the next did not.
    quiet: { [syncs('Failed')]: '0 1x40', [info('Synced')]: '1x40' },
  },
  {
    alert: 'DeploymentHealthLow',
    severity: 'page',
    what: 'fewer pods than the first phase promises',
    fires: { ...pods('deployment', '18x30', '14x30'), ...pods('statefulset', '2x30', '2x30') },
    at: 10,
    labels: {},
    summary: 'Of the pods that should be there, 80% were available over 10m; it should be 85 %.',
    runbook: 'deployment-health',
    quiet: { ...pods('deployment', '18x30', '15x30'), ...pods('statefulset', '2x30', '2x30') },
  },
  {
    alert: 'DeploymentHealthLow',
    severity: 'ticket',
    what: 'a pod of twenty that is missing for long',
    fires: { ...pods('deployment', '18x30', '17x30'), ...pods('statefulset', '2x30', '2x30') },
    at: 15,
    labels: {},
    summary: 'Of the pods that should be there, 95% were available over 1d; it should be 99.9 %.',
    runbook: 'deployment-health',
    // Twenty minutes without one pod of twenty are 0.07 % of a day.
    quiet: { ...pods('deployment', '18x1500', '18x1399 17x19 18x80'), ...pods('statefulset', '2x1500', '2x1500') },
  },
  ...Object.entries(SOURCES).map(([source, { labels }]): AlertCase => ({
    alert: 'MetricsMissing',
    severity: 'ticket',
    what: `nothing comes from ${source}`,
    fires: without(source),
    at: 10,
    labels: { ...labels, source },
    summary: `Nothing has been heard of ${source} for ten minutes: alerts that read it are silent.`,
    runbook: 'metrics-missing',
    quiet: without(''),
  })),
];
