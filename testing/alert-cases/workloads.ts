import { series, type AlertCase } from './case';

const ML = { pod: 'ml-inference-service-5d4f8c9b7-x2x4z', container: 'ml-inference' };
const restarts = series('kube_pod_container_status_restarts_total', ML);
const memory = series('container_memory_working_set_bytes', ML);
const DISK = { persistentvolumeclaim: 'data-neural-store-0' };
const free = series('kubelet_volume_stats_available_bytes', DISK);
const size = series('kubelet_volume_stats_capacity_bytes', DISK);
const API = { deployment: 'api', condition: 'Progressing', status: 'false', reason: 'ProgressDeadlineExceeded' };
const STORE = { statefulset: 'neural-store' };
const budget = (name: string): string =>
  series('kube_poddisruptionbudget_status_pod_disruptions_allowed', { poddisruptionbudget: name });
const unschedulable = (pod: string): string => series('kube_pod_status_unschedulable', { pod });

export const workloadCases: readonly AlertCase[] = [
  {
    alert: 'CrashLooping',
    severity: 'page',
    what: 'three restarts within a quarter of an hour',
    // The third in minute 12, and a minute of patience.
    fires: { [restarts]: '0x9 1 2 3x20' },
    at: 13,
    labels: { ...ML, namespace: 'aia', service: 'ml-inference-service' },
    summary: `ml-inference of ${ML.pod} has ended 3 times in 15 minutes.`,
    runbook: 'crash-loop',
    quiet: { [restarts]: '5x9 6x7 7x40' },
  },
  {
    alert: 'MemoryWillRunOut',
    severity: 'page',
    what: 'a leak of 0.6 GB an hour in a container that is more than two thirds full',
    // Two samples make a slope: true from minute 1 on, for half an hour.
    fires: { [memory]: '3000000000+10000000x60' },
    at: 31,
    labels: { ...ML, namespace: 'aia', service: 'ml-inference-service' },
    // 3.31 GB by then and 2.4 GB more in four hours: 5.71e9 / 1024³.
    summary: `ml-inference of ${ML.pod} will use 5.318GiB in four hours and is killed at its limit of 4Gi.`,
    runbook: 'out-of-memory',
    // A morning: from 2.2 to 2.8 GB in two hours.
    quiet: { [memory]: '2200000000+5000000x120 2800000000x120' },
  },
  {
    alert: 'VolumeWillFillUp',
    severity: 'ticket',
    what: 'what is written would fill the disk within a day',
    // 18.78 of 50 GB by then.
    fires: { [free]: '20000000000-20000000x90', [size]: '50000000000x90' },
    at: 61,
    labels: { ...DISK, namespace: 'aia', service: 'neural-store' },
    summary: 'The disk data-neural-store-0 of neural-store has 37.56% left, and is full within a day.',
    runbook: 'volume-full',
    // The same pace on a disk that is nearly empty: a restore, a first import.
    quiet: { [free]: '28000000000-20000000x90', [size]: '50000000000x90' },
  },
  {
    alert: 'VolumeWillFillUp',
    severity: 'page',
    what: 'nearly nothing is left',
    fires: { [free]: '2000000000x20', [size]: '50000000000x20' },
    at: 5,
    labels: { ...DISK, namespace: 'aia', service: 'neural-store' },
    summary: 'The disk data-neural-store-0 of neural-store has 4% left.',
    runbook: 'volume-full',
    quiet: { [free]: '3000000000x20', [size]: '50000000000x20' },
  },
  {
    alert: 'RolloutStuck',
    severity: 'ticket',
    what: 'a Deployment that Kubernetes has given up',
    fires: { [series('kube_deployment_status_condition', API)]: '0x9 1x20' },
    at: 11,
    labels: { ...API, namespace: 'aia', service: 'api' },
    summary: 'The new version of api does not become ready; Kubernetes has given it up (ProgressDeadlineExceeded).',
    runbook: 'not-ready',
    quiet: { [series('kube_deployment_status_condition', { ...API, status: 'true' })]: '1x30' },
  },
  {
    alert: 'RolloutStuck',
    severity: 'ticket',
    what: 'a StatefulSet whose next pod does not become ready',
    fires: {
      [series('kube_statefulset_status_replicas_updated', STORE)]: '1x60',
      [series('kube_statefulset_replicas', STORE)]: '2x60',
    },
    at: 30,
    labels: { ...STORE, namespace: 'aia', service: 'neural-store' },
    summary: 'Half an hour on, 1 of the pods of neural-store are of the new version, and no more come.',
    runbook: 'not-ready',
    quiet: {
      [series('kube_statefulset_status_replicas_updated', STORE)]: '1x20 2x40',
      [series('kube_statefulset_replicas', STORE)]: '2x60',
    },
  },
  {
    alert: 'PodsWithoutNode',
    severity: 'ticket',
    what: 'a pod for which no node has room',
    fires: { [unschedulable('api-6c8d7f9b5-abcde')]: '0x4 1x30' },
    at: 15,
    labels: { service: 'api' },
    summary: 'No node has room for pods of api: 1 wait.',
    runbook: 'no-node',
    // Batch may wait, that is what it is for; and it shares the beginning of its name with nothing that serves.
    quiet: {
      [unschedulable('ml-batch-29301-abcde')]: '1x60',
      [unschedulable('neural-store-backup-29301-abcde')]: '1x60',
    },
  },
  {
    alert: 'BudgetBlocksDrain',
    severity: 'ticket',
    what: 'no pod may be evicted',
    fires: { [budget('api')]: '1x4 0x60' },
    at: 35,
    labels: { namespace: 'aia', poddisruptionbudget: 'api', service: 'api' },
    summary: 'No pod of api may be evicted, for half an hour: nodes can not be drained or upgraded.',
    runbook: 'budget-blocks-drain',
    // A rollout takes the budget for some minutes.
    quiet: { [budget('api')]: '1x4 0x25 1x40' },
  },
];
