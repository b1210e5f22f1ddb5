import type { MetricSourceData } from '../../model/platform/metric';

const ofFilesystem = ['device', 'mountpoint', 'fstype', 'device_error'];

export const nodeExporter = {
  description: 'What nodes really use: CPU, memory, root disk',
  chart: 'kube-prometheus-stack',
  readAt: {
    source: 'github.com/prometheus/node_exporter, collector/, commit 6044da783597cc3b57aef7580ddcdcff58a4ee99',
    version: 'v1.12.1, which chart prometheus-node-exporter 4.56.1 names',
    date: '2026-11-27',
  },
  scrape: 'ServiceMonitor of the chart, to which our values add the name of the node',
  since: 'phase-1',
  targetLabels: ['job', 'instance', 'endpoint', 'service', 'namespace', 'pod', 'container', 'node'],
  metrics: {
    node_cpu_seconds_total: {
      type: 'counter',
      unit: 'seconds',
      meaning: 'Time of each CPU by what it was spent on',
      labels: ['cpu', 'mode'],
    },
    node_load1: { type: 'gauge', unit: 'count', meaning: 'Processes that run or wait, over a minute', labels: [] },
    node_memory_MemTotal_bytes: { type: 'gauge', unit: 'bytes', meaning: 'Memory of the node', labels: [] },
    node_memory_MemAvailable_bytes: { type: 'gauge', unit: 'bytes', meaning: 'Memory that is free', labels: [] },
    node_filesystem_size_bytes: {
      type: 'gauge',
      unit: 'bytes',
      meaning: 'Size of a file system',
      labels: ofFilesystem,
    },
    node_filesystem_avail_bytes: { type: 'gauge', unit: 'bytes', meaning: 'Free on it', labels: ofFilesystem },
    node_filesystem_readonly: {
      type: 'gauge',
      unit: 'state',
      meaning: 'Whether it can be written to',
      labels: ofFilesystem,
    },
  },
} satisfies MetricSourceData;
