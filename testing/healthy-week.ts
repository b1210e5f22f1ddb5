import { series, type SeriesOf } from './alert-cases/case';
import { fleet } from './alert-cases/nodes';

/** Minutes of a week; a sample each. Minute 0 is midnight. */
export const WEEK = 7 * 24 * 60;
const DAY = 24 * 60;
const HOUR = 60;

type Sample = (minute: number) => number | undefined;

/** A week of one series in promtool's notation, whatever its shape. */
function week(sample: Sample): string {
  const values = Array.from({ length: WEEK + 1 }, (_, minute) => sample(minute));
  const parts: string[] = [];
  for (let begin = 0; begin < values.length;) {
    let end = begin;
    while (end < WEEK && values[end + 1] === values[begin]) end += 1;
    const text = values[begin] === undefined ? '_' : String(values[begin]);
    parts.push(end === begin ? text : `${text}x${end - begin}`);
    begin = end + 1;
  }
  return parts.join(' ');
}

/** The sum of what comes each minute. */
function counter(perMinute: (minute: number) => number): string {
  let value = 0;
  return week((minute) => (value = Math.round((value + (minute === 0 ? 0 : perMinute(minute))) * 1000) / 1000));
}

/** Little at night, ten times as much from 8 to 20. */
function traffic(minute: number): number {
  const hour = (minute % DAY) / HOUR;
  return hour < 6 || hour >= 22 ? 200 : hour < 8 || hour >= 20 ? 1000 : 2000;
}

/** From one minute of a day on, for some: on one day, or on all. */
function within(minute: number, at: number, length: number, day?: number): boolean {
  const since = day === undefined ? (minute % DAY) - at : minute - day * DAY - at;
  return since >= 0 && since < length;
}

/** Every day at 14:00 a new version of a service comes, one pod after another. */
const isDeploying = (minute: number): boolean => within(minute, 14 * HOUR, 6);
/** On day 2 a node is away for three minutes and its pods for one; on day 4 a spot node for eight. */
const isNodeAway = (minute: number): boolean => within(minute, 11 * HOUR, 3, 2);
const isSpotAway = (minute: number): boolean => within(minute, 16 * HOUR, 8, 4);

const away = (isAway: (minute: number) => boolean): string => week((minute) => (isAway(minute) ? undefined : 1));
const door = { reporter: 'source', source_workload_namespace: 'istio-ingress', destination_workload_namespace: 'aia' };
const inMesh = { reporter: 'destination', destination_workload_namespace: 'aia', source_workload: 'api' };
const ML = { pod: 'ml-inference-service-5d4f8c9b7-x2x4z', container: 'ml-inference' };
const HPA = { horizontalpodautoscaler: 'ml-inference-service' };
const DISK = { persistentvolumeclaim: 'data-neural-store-0' };
const application = (status: string): string =>
  series('argocd_app_info', { namespace: 'argocd', name: 'aia-workloads-europe-west4', sync_status: status });
/** Seconds since midnight of the week at which a daily job ended well, hours after midnight. */
const daily =
  (...hours: number[]): Sample =>
  (minute) =>
    Math.max(
      // The night before.
      ((hours.at(-1) ?? 0) - 24) * 3600,
      ...Array.from({ length: 7 }, (_, day) => hours.map((hour) => (day * 24 + hour) * HOUR))
        .flat()
        .filter((end) => end <= minute)
        .map((end) => end * 60),
    );

/**
 * A week as it should be: more by day than by night, a deployment every day, a node that comes back, half of every
 * budget used, and small things that go wrong and right themselves.
 */
export const healthyWeek: SeriesOf = {
  [series('istio_requests_total', { ...door, response_code: '200' })]: counter((minute) => traffic(minute) * 0.9995),
  [series('istio_requests_total', { ...door, response_code: '503' })]: counter((minute) => traffic(minute) * 0.0005),
  [series('istio_requests_total', { ...door, response_code: '404' })]: counter((minute) => traffic(minute) * 0.02),
  [series('istio_request_duration_milliseconds_count', { ...door, response_code: '200' })]: counter(traffic),
  [series('istio_request_duration_milliseconds_bucket', { ...door, response_code: '200', le: '200' })]: counter(
    (minute) => traffic(minute) * 0.975,
  ),
  [series('istio_requests_total', {
    ...inMesh,
    destination_workload: 'cognitive-processor',
    connection_security_policy: 'mutual_tls',
  })]: counter(traffic),
  ...Object.fromEntries(
    (['aia_biometric_results_total', 'aia_cognitive_results_total'] as const).flatMap((metric) => [
      [series(metric, { pod: 'x', outcome: 'success' }), counter((minute) => traffic(minute) * 0.995)],
      [series(metric, { pod: 'x', outcome: 'failure' }), counter((minute) => traffic(minute) * 0.005)],
    ]),
  ),
  ...fleet(WEEK, { 'core-b': { seen: away(isNodeAway) }, 'spot-b': { seen: away(isSpotAway) } }),
  [series('kube_deployment_spec_replicas', { deployment: 'all' })]: week(() => 18),
  [series('kube_deployment_status_replicas_available', { deployment: 'all' })]: week((minute) =>
    within(minute, 11 * HOUR, 1, 2) ? 15 : isDeploying(minute) || within(minute, 16 * HOUR, 2, 4) ? 17 : 18,
  ),
  [series('kube_statefulset_replicas', { statefulset: 'neural-store' })]: week(() => 2),
  [series('kube_statefulset_status_replicas_available', { statefulset: 'neural-store' })]: week(() => 2),
  [series('kube_statefulset_status_replicas_updated', { statefulset: 'neural-store' })]: week((minute) =>
    within(minute, 14 * HOUR, 8, 3) ? 1 : 2,
  ),
  [series('kube_deployment_status_condition', { deployment: 'api', condition: 'Progressing', status: 'false' })]: week(
    () => 0,
  ),
  // Two crashes within ten minutes on day 3, and no third.
  [series('kube_pod_container_status_restarts_total', ML)]: week((minute) =>
    minute < 3 * DAY + 600 ? 4 : minute < 3 * DAY + 607 ? 5 : 6,
  ),
  [series('kube_pod_status_unschedulable', { pod: 'api-6c8d7f9b5-abcde' })]: week((minute) =>
    isNodeAway(minute) ? 1 : 0,
  ),
  // 2.2 GB at night; with the morning's users 0.7 more in two hours, and back in the evening.
  [series('container_memory_working_set_bytes', ML)]: week((minute) => {
    const hour = (minute % DAY) / HOUR;
    const share = hour < 6 ? 0 : hour < 8 ? (hour - 6) / 2 : hour < 20 ? 1 : hour < 22 ? (22 - hour) / 2 : 0;
    return Math.round(2.2e9 + 0.7e9 * share);
  }),
  // 200 GB, of which one more is used every day, and twenty for an hour while something is rebuilt.
  [series('kubelet_volume_stats_capacity_bytes', DISK)]: week(() => 200e9),
  [series('kubelet_volume_stats_available_bytes', DISK)]: week(
    (minute) => 120e9 - Math.floor(minute / HOUR) * 41e6 - (within(minute, 60, 60, 5) ? 20e9 : 0),
  ),
  [series('kube_horizontalpodautoscaler_status_current_replicas', HPA)]: week((minute) =>
    within(minute, 12 * HOUR, 20, 3) ? 6 : traffic(minute) > 1000 ? 4 : 3,
  ),
  [series('kube_horizontalpodautoscaler_status_condition', { ...HPA, condition: 'ScalingActive', status: 'false' })]:
    week((minute) => (isDeploying(minute) ? 1 : 0)),
  // At noon of day 3 more waits than six pods can take, until the new ones are ready.
  [series('aia_ml_queue_depth', { pod: ML.pod })]: week((minute) => {
    const since = minute - 3 * DAY - 12 * HOUR;
    return since < 0 || since > 20 ? 3 : since < 5 ? 30 * since : Math.max(3, 120 - 10 * (since - 5));
  }),
  [series('kube_poddisruptionbudget_status_pod_disruptions_allowed', { poddisruptionbudget: 'api' })]: week((minute) =>
    isDeploying(minute) || isNodeAway(minute) ? 0 : 1,
  ),
  [series('kube_cronjob_status_last_successful_time', { cronjob: 'ml-batch' })]: week(daily(2)),
  [series('kube_cronjob_status_last_successful_time', { cronjob: 'gdpr-retention' })]: week(daily(3.5)),
  [series('kube_cronjob_status_last_successful_time', { cronjob: 'neural-store-backup' })]: week(
    daily(0.5, 6.5, 12.5, 18.5),
  ),
  [series('kube_cronjob_status_last_successful_time', { cronjob: 'neural-store-restore-drill' })]: week(() => -3600),
  // A template that people start runs from.
  [series('kube_cronjob_created', { cronjob: 'gdpr-erasure' })]: week(() => -9e6),
  [series('kube_cronjob_spec_suspend', { cronjob: 'gdpr-erasure' })]: week(() => 1),
  [series('pg_stat_archiver_last_archive_age', { workload: 'neural-store' })]: week((minute) => (minute % 2) * 60),
  [series('pg_stat_archiver_failed_count', { workload: 'neural-store' })]: week((minute) => (minute < 2 * DAY ? 0 : 1)),
  [series('kueue_pending_workloads', { cluster_queue: 'aia-batch', status: 'active' })]: week((minute) =>
    within(minute, 22 * HOUR, 20) ? 2 : 0,
  ),
  [series('certmanager_certificate_expiration_timestamp_seconds', { name: 'front-door' })]: week(() => 60 * 86_400),
  // Renewed at half of its day.
  [series('istio_agent_cert_expiry_seconds', { workload: 'api', pod: 'x' })]: week(
    (minute) => 86_400 - (minute % (12 * HOUR)) * 60,
  ),
  [application('Synced')]: week((minute) => (isDeploying(minute) ? undefined : 1)),
  [application('OutOfSync')]: week((minute) => (isDeploying(minute) ? 1 : undefined)),
  [series('argocd_app_sync_total', { namespace: 'argocd', name: 'aia-workloads-europe-west4', phase: 'Failed' })]: week(
    (minute) => (minute < 5 * DAY + 14 * HOUR ? 0 : 1),
  ),
};
