import type { MetricData, MetricSourceData } from '../../model/platform/metric';

const ofQueue = ['cluster_queue', 'replica_role'];
const ofFlavor = ['cohort', ...ofQueue, 'flavor', 'resource'];
const gauge = (unit: MetricData['unit'], meaning: string, labels: string[]): MetricData => ({
  type: 'gauge',
  unit,
  meaning,
  labels,
});
const counter = (meaning: string, labels: string[]): MetricData => ({
  type: 'counter',
  unit: 'count',
  meaning,
  labels,
});

export const kueue = {
  description: 'Batch jobs that wait, run or were put off, by queue',
  chart: 'kueue',
  readAt: {
    source:
      'github.com/kubernetes-sigs/kueue, pkg/metrics/metrics.go, commit 8eab68778fc1b52affe165fdf5af29d1e9b4f3cb. The ' +
      'metrics of local queues are behind a feature gate that is off here',
    version: 'v0.19.2',
    date: '2026-11-27',
  },
  scrape: 'ServiceMonitor of the chart (enablePrometheus), over TLS, with the token of Prometheus',
  since: 'phase-3',
  only: 'spot',
  targetLabels: ['job', 'instance', 'endpoint', 'service', 'namespace', 'pod', 'container'],
  metrics: {
    kueue_pending_workloads: gauge('count', 'Jobs that wait; status is active or inadmissible', [...ofQueue, 'status']),
    kueue_admitted_active_workloads: gauge('count', 'Jobs that were let in and are not done', ofQueue),
    kueue_reserving_active_workloads: gauge('count', 'Jobs that hold quota', ofQueue),
    kueue_cluster_queue_status: gauge('state', 'Whether a queue takes jobs', [...ofQueue, 'status']),
    // These three only where the manager's configuration says enableClusterQueueResources.
    kueue_cluster_queue_nominal_quota: gauge('mixed', 'Quota of a queue', ofFlavor),
    kueue_cluster_queue_resource_usage: gauge('mixed', 'What is used of it', ofFlavor),
    kueue_cluster_queue_resource_reservation: gauge('mixed', 'What is reserved of it', ofFlavor),
    kueue_admitted_workloads_total: counter('Jobs let in', [...ofQueue, 'priority_class']),
    kueue_evicted_workloads_total: counter('Jobs sent back', [
      ...ofQueue,
      'reason',
      'underlying_cause',
      'priority_class',
    ]),
    kueue_admission_wait_time_seconds: {
      type: 'histogram',
      unit: 'seconds',
      meaning: 'How long jobs waited until they were let in',
      labels: [...ofQueue, 'priority_class'],
    },
  },
} satisfies MetricSourceData;
