import type { MetricSourceData } from '../../model/platform/metric';

const ofContainer = ['namespace', 'pod', 'container', 'image', 'id', 'name'];
const ofClaim = ['namespace', 'persistentvolumeclaim'];
/** What Prometheus knows of the kubelet that it asked. */
const targetLabels = ['job', 'instance', 'endpoint', 'service', 'node', 'metrics_path'];

/** Counted by the container runtime for all containers of a pod together. */
const network = (meaning: string): { type: 'counter'; unit: 'bytes'; meaning: string; labels: string[] } => ({
  type: 'counter',
  unit: 'bytes',
  meaning,
  labels: ['namespace', 'pod', 'interface', 'image', 'id', 'name'],
});

export const cadvisor = {
  description: 'What containers really use, counted by cAdvisor inside every kubelet',
  readAt: {
    source:
      'github.com/google/cadvisor, lib/metrics/prometheus.go, commit 44b8e3062d678022939d40b2a2e9b259b07ebab0; what the ' +
      'chart drops: values of kube-prometheus-stack 88.5.3, kubelet.serviceMonitor.cAdvisorMetricRelabelings',
    version: 'v0.60.5; the kubelet of a cluster brings its own',
    date: '2026-11-27',
  },
  scrape:
    'ServiceMonitor of kube-prometheus-stack, path /metrics/cadvisor, every 10 s. It drops all container_spec_* and ' +
    'container_cpu_cfs_throttled_seconds_total: a query for one of them finds nothing',
  since: 'phase-1',
  targetLabels,
  metrics: {
    container_cpu_usage_seconds_total: {
      type: 'counter',
      unit: 'seconds',
      meaning: 'CPU time used; of the whole pod too, where the container has no name',
      labels: [...ofContainer, 'cpu'],
    },
    container_cpu_cfs_periods_total: {
      type: 'counter',
      unit: 'count',
      meaning: 'Periods of the CPU limit',
      labels: ofContainer,
    },
    container_cpu_cfs_throttled_periods_total: {
      type: 'counter',
      unit: 'count',
      meaning: 'Periods in which the container had to wait for its CPU limit',
      labels: ofContainer,
    },
    container_memory_working_set_bytes: {
      type: 'gauge',
      unit: 'bytes',
      meaning: 'Memory that can not be given back: what is held against the limit',
      labels: ofContainer,
    },
    container_memory_rss: { type: 'gauge', unit: 'bytes', meaning: 'Anonymous memory', labels: ofContainer },
    container_oom_events_total: {
      type: 'counter',
      unit: 'count',
      meaning: 'Processes killed for want of memory',
      labels: ofContainer,
    },
    container_start_time_seconds: {
      type: 'gauge',
      unit: 'timestamp',
      meaning: 'When the container started',
      labels: ofContainer,
    },
    container_network_receive_bytes_total: network('Bytes a pod received'),
    container_network_transmit_bytes_total: network('Bytes a pod sent'),
  },
} satisfies MetricSourceData;

export const kubelet = {
  description: 'How full volumes are, as the kubelet of their node sees it',
  readAt: {
    source:
      'github.com/kubernetes/kubernetes, pkg/kubelet/metrics/collectors/volume_stats.go, commit ' +
      '03ac3ef25991c7a3e6660ba5bdfe9f8e4dcf6062',
    version: 'the kubelet of a cluster brings its own; these names are those of Kubernetes 1.28 to 1.37',
    date: '2026-11-27',
  },
  scrape: 'ServiceMonitor of kube-prometheus-stack, path /metrics, with honorLabels: namespace is that of the claim',
  since: 'phase-1',
  targetLabels,
  metrics: {
    kubelet_volume_stats_capacity_bytes: {
      type: 'gauge',
      unit: 'bytes',
      meaning: "Size of a claim's file system",
      labels: ofClaim,
    },
    kubelet_volume_stats_available_bytes: { type: 'gauge', unit: 'bytes', meaning: 'Free on it', labels: ofClaim },
    kubelet_volume_stats_used_bytes: { type: 'gauge', unit: 'bytes', meaning: 'Used on it', labels: ofClaim },
    kubelet_volume_stats_inodes: { type: 'gauge', unit: 'count', meaning: 'Files it can hold', labels: ofClaim },
    kubelet_volume_stats_inodes_free: {
      type: 'gauge',
      unit: 'count',
      meaning: 'Files it can still hold',
      labels: ofClaim,
    },
  },
} satisfies MetricSourceData;
