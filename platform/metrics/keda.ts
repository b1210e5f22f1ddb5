import type { MetricData, MetricSourceData } from '../../model/platform/metric';

const ofScaler = ['namespace', 'scaledObject', 'scaler', 'metric', 'triggerIndex', 'type'];
const metric = (type: MetricData['type'], unit: MetricData['unit'], meaning: string, labels: string[]): MetricData => ({
  type,
  unit,
  meaning,
  labels,
});

export const keda = {
  description: 'What KEDA reads for each trigger, and whether it can',
  chart: 'keda',
  readAt: {
    source:
      'github.com/kedacore/keda, pkg/metricscollector/prommetrics.go, commit 68a5b5028f35b22d50597c69819ab32c4e92f21a',
    version: 'v2.20.2',
    date: '2026-11-27',
  },
  scrape:
    'ServiceMonitor of the chart (prometheus.operator), which our values make honour the namespace of the ScaledObject',
  since: 'phase-2',
  only: 'autoscaling',
  targetLabels: ['job', 'instance', 'endpoint', 'service', 'namespace', 'pod', 'container'],
  metrics: {
    keda_scaler_active: metric('gauge', 'state', 'Whether a trigger asks for pods', ofScaler),
    keda_scaler_metrics_value: metric('gauge', 'mixed', 'What a trigger reads now', ofScaler),
    keda_scaler_metrics_latency_seconds: metric('gauge', 'seconds', 'How long reading it took', ofScaler),
    keda_scaler_detail_errors_total: metric('counter', 'count', 'Times a trigger could not be read', ofScaler),
    keda_scaled_object_errors_total: metric('counter', 'count', 'The same of a whole ScaledObject', [
      'namespace',
      'scaledObject',
    ]),
    keda_scaled_object_paused: metric('gauge', 'state', 'Whether somebody has paused it', [
      'namespace',
      'scaledObject',
    ]),
  },
} satisfies MetricSourceData;
