import type { ChartData } from '../../model/platform/chart';
import { mesh } from '../mesh';
import { onCorePool } from './placement';

/** The Service to which proxies send their traces: the chart names it after the release. */
export const collector = {
  host: `opentelemetry-collector.${mesh.tracing.namespace}.svc.cluster.local`,
  port: mesh.tracing.port,
};

/** The address of the pod, under which the collector listens; the chart puts it into the environment. */
const podIp = '${env:MY_POD_IP}';

export const opentelemetryCollector = {
  description: 'OpenTelemetry collector: takes the traces of the proxies, strips what is personal, passes them on',
  since: 'phase-2',
  only: 'mesh',
  repository: 'https://open-telemetry.github.io/opentelemetry-helm-charts',
  version: '0.170.0',
  readAt: {
    source:
      'github.com/open-telemetry/opentelemetry-helm-charts, tag opentelemetry-collector-0.170.0; the components of its ' +
      'image in opentelemetry-collector-releases, tag v0.158.0',
    commit: 'f5178cb97987004b474867a99e081be59b7f9bab',
    date: '2026-11-25',
  },
  namespace: mesh.tracing.namespace,
  stage: 'after',
  parts: [{ addon: 'tracing', resourcesAt: 'resources', count: 1 }],
  values: {
    mode: 'deployment',
    // The chart refuses to choose; this is the smallest of the official ones that has all components below.
    image: { repository: 'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-k8s' },
    command: { name: 'otelcol-k8s' },
    // One pod: when it restarts a few traces are lost, and nothing waits for it.
    replicaCount: 1,
    priorityClassName: 'aia-platform-low',
    nodeSelector: onCorePool,
    serviceAccount: { automountServiceAccountToken: false },
    podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    // Go's own limit follows from this one (GOMEMLIMIT, 80 %), as does memory_limiter's.
    resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '512Mi' } },
    ports: {
      'otlp-http': { enabled: false },
      'jaeger-compact': { enabled: false },
      'jaeger-thrift': { enabled: false },
      'jaeger-grpc': { enabled: false },
      zipkin: { enabled: false },
      metrics: { enabled: true },
    },
    podMonitor: { enabled: true },
    // Instead of `config`: that one is merged with receivers and pipelines which nothing here uses.
    alternateConfig: {
      receivers: { otlp: { protocols: { grpc: { endpoint: `${podIp}:${collector.port}` } } } },
      processors: {
        memory_limiter: { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 25 },
        // A trace says what took how long; whose request it was stays out.
        attributes: {
          actions: ['http.url', 'peer.address', 'user_agent'].map((key) => ({ key, action: 'delete' })),
        },
        batch: {},
      },
      // No trace store is part of the platform, so none is pretended: this counts spans in the log and drops them. To
      // keep them, add yours and name it in the pipeline below instead:
      //   otlp: { endpoint: 'tempo.monitoring.svc.cluster.local:4317', tls: { insecure: true } }
      exporters: { debug: { verbosity: 'basic' } },
      // The chart's probes ask it.
      extensions: { health_check: { endpoint: `${podIp}:13133` } },
      service: {
        extensions: ['health_check'],
        telemetry: {
          metrics: { readers: [{ pull: { exporter: { prometheus: { host: podIp, port: 8888 } } } }] },
        },
        pipelines: {
          traces: {
            receivers: ['otlp'],
            processors: ['memory_limiter', 'attributes', 'batch'],
            exporters: ['debug'],
          },
        },
      },
    },
  },
} satisfies ChartData;
