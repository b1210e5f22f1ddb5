import type { MetricSourceData } from '../../model/platform/metric';

export const istiod = {
  description: 'Whether the control plane of the mesh reaches its proxies, and how long its certificates last',
  chart: 'istiod',
  readAt: {
    source:
      'github.com/istio/istio, pilot/pkg/xds/monitoring.go, pilot/pkg/model/gateway.go, security/pkg/server/ca/monitoring.go, ' +
      'commit 56df41f63e513f834c9a3af33d8aed82d1d961f2',
    version: '1.30.3',
    date: '2026-11-27',
  },
  scrape: 'PodMonitor istiod of ours, port 15014',
  since: 'phase-2',
  only: 'mesh',
  targetLabels: ['job', 'instance', 'namespace', 'pod', 'container'],
  metrics: {
    pilot_xds: { type: 'gauge', unit: 'count', meaning: 'Proxies that are connected', labels: ['version'] },
    pilot_xds_pushes: { type: 'counter', unit: 'count', meaning: 'Pushes and their errors', labels: ['type'] },
    pilot_proxy_convergence_time: {
      type: 'histogram',
      unit: 'seconds',
      meaning: 'From a change until a proxy has it',
      labels: [],
    },
    pilot_total_xds_rejects: {
      type: 'counter',
      unit: 'count',
      meaning: 'Configurations that a proxy refused',
      labels: ['type'],
    },
    pilot_total_rejected_configs: {
      type: 'counter',
      unit: 'count',
      meaning: 'Objects that istiod had to ignore',
      labels: ['type', 'name'],
    },
    citadel_server_root_cert_expiry_timestamp: {
      type: 'gauge',
      unit: 'timestamp',
      meaning: 'When the root certificate of the mesh expires',
      labels: [],
    },
    citadel_server_success_cert_issuance_count: {
      type: 'counter',
      unit: 'count',
      meaning: 'Certificates issued to proxies',
      labels: [],
    },
    citadel_server_csr_sign_err_count: {
      type: 'counter',
      unit: 'count',
      meaning: 'Certificates that could not be issued',
      labels: ['error'],
    },
  },
} satisfies MetricSourceData;
