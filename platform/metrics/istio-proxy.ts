import type { MetricData, MetricSourceData } from '../../model/platform/metric';

/** Who called whom. `reporter` is `source` where the caller's proxy counted, `destination` where the callee's did. */
const parties = [
  'reporter',
  'source_workload',
  'source_workload_namespace',
  'source_principal',
  'source_app',
  'source_version',
  'source_canonical_service',
  'source_canonical_revision',
  'source_cluster',
  'destination_workload',
  'destination_workload_namespace',
  'destination_principal',
  'destination_app',
  'destination_version',
  'destination_service',
  'destination_service_name',
  'destination_service_namespace',
  'destination_canonical_service',
  'destination_canonical_revision',
  'destination_cluster',
  'request_protocol',
  'response_flags',
  // Only the callee's proxy knows it: the caller's says `unknown`.
  'connection_security_policy',
];
const ofRequest = [...parties, 'response_code', 'grpc_response_status'];

const counter = (unit: MetricData['unit'], meaning: string, labels: string[]): MetricData => ({
  type: 'counter',
  unit,
  meaning,
  labels,
});

export const istioProxy = {
  description: 'Calls as the proxies of workloads and of the gateway see them',
  chart: 'istiod',
  readAt: {
    source:
      'github.com/istio/proxy, source/extensions/filters/http/istio_stats/istio_stats.cc, commit ' +
      '81864a1cd5099d2f9e1289bfc604f4b200b2b27c; the agent: github.com/istio/istio, security/pkg/nodeagent/cache/monitoring.go',
    version: '1.30.3',
    date: '2026-11-27',
  },
  scrape:
    'PodMonitors of ours, one a workload and one for the gateway, port 15020 (constructs/pod-monitor.ts); workload is the ' +
    'label app.kubernetes.io/name of the pod',
  since: 'phase-2',
  only: 'mesh',
  targetLabels: ['job', 'instance', 'namespace', 'pod', 'container', 'workload'],
  metrics: {
    istio_requests_total: counter('count', 'Requests that were answered', ofRequest),
    istio_request_duration_milliseconds: {
      type: 'histogram',
      unit: 'milliseconds',
      meaning: 'How long they took; buckets are those of platform/mesh.ts',
      labels: ofRequest,
    },
    istio_request_bytes: { type: 'histogram', unit: 'bytes', meaning: 'Size of requests', labels: ofRequest },
    istio_response_bytes: { type: 'histogram', unit: 'bytes', meaning: 'Size of answers', labels: ofRequest },
    istio_tcp_connections_opened_total: counter('count', 'Connections opened, where calls are not HTTP', parties),
    istio_tcp_connections_closed_total: counter('count', 'Connections closed', parties),
    istio_tcp_sent_bytes_total: counter('bytes', 'Bytes sent to the caller', parties),
    istio_tcp_received_bytes_total: counter('bytes', 'Bytes received from the caller', parties),
    istio_agent_cert_expiry_seconds: {
      type: 'gauge',
      unit: 'seconds',
      meaning: 'Time left of the certificate of a proxy; below zero it has expired',
      labels: ['resource_name'],
    },
  },
} satisfies MetricSourceData;
