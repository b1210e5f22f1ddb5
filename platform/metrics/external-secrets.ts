import type { MetricSourceData } from '../../model/platform/metric';

const ofSecret = ['name', 'namespace'];

export const externalSecrets = {
  description: "Whether secrets still arrive from the cloud's store",
  chart: 'external-secrets',
  readAt: {
    source:
      'github.com/external-secrets/external-secrets, pkg/controllers/externalsecret/esmetrics/esmetrics.go, ' +
      'pkg/controllers/metrics/labels.go, commit cc5bfbc2234ace9cb0caff4ea89c435cf517b27b',
    version: 'helm-chart-2.9.0',
    date: '2026-11-27',
  },
  scrape: 'ServiceMonitor of the chart, with honorLabels: namespace is that of the ExternalSecret',
  since: 'phase-1',
  targetLabels: ['job', 'instance', 'endpoint', 'service', 'namespace', 'pod', 'container'],
  metrics: {
    externalsecret_status_condition: {
      type: 'gauge',
      unit: 'state',
      meaning: 'Whether a secret is ready',
      labels: [...ofSecret, 'condition', 'status'],
    },
    externalsecret_sync_calls_total: { type: 'counter', unit: 'count', meaning: 'Times it was read', labels: ofSecret },
    externalsecret_sync_calls_error: {
      type: 'counter',
      unit: 'count',
      meaning: 'Times that failed',
      labels: ofSecret,
    },
  },
} satisfies MetricSourceData;
