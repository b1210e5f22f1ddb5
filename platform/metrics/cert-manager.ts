import type { MetricData, MetricSourceData } from '../../model/platform/metric';

const ofCertificate = ['name', 'namespace', 'issuer_name', 'issuer_kind', 'issuer_group'];
const gauge = (unit: MetricData['unit'], meaning: string, extra: string[] = []): MetricData => ({
  type: 'gauge',
  unit,
  meaning,
  labels: [...ofCertificate, ...extra],
});

export const certManager = {
  description: 'Certificates that cert-manager renews: until when they hold, whether renewing works',
  chart: 'cert-manager',
  readAt: {
    source:
      'github.com/cert-manager/cert-manager, internal/collectors/certificate_collector.go, pkg/metrics/metrics.go, commit ' +
      '24e33194fb39488eff2bbf10c6dc640f407cad44',
    version: 'v1.21.1',
    date: '2026-11-27',
  },
  scrape: 'ServiceMonitor of the chart, with honorLabels: namespace is that of the Certificate',
  since: 'phase-1',
  targetLabels: ['job', 'instance', 'endpoint', 'service', 'namespace', 'pod', 'container'],
  metrics: {
    certmanager_certificate_ready_status: gauge('state', 'Whether a Certificate is ready', ['condition']),
    certmanager_certificate_expiration_timestamp_seconds: gauge('timestamp', 'When a certificate expires'),
    certmanager_certificate_not_after_timestamp_seconds: gauge('timestamp', 'When it is no longer valid'),
    certmanager_certificate_renewal_timestamp_seconds: gauge('timestamp', 'When it is to be renewed'),
    certmanager_controller_sync_error_count: {
      type: 'counter',
      unit: 'count',
      meaning: 'Errors of a controller of cert-manager',
      labels: ['controller'],
    },
  },
} satisfies MetricSourceData;
