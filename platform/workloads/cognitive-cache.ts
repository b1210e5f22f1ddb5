import type { WorkloadData } from '../../model/platform/workload';

export const cognitiveCache = {
  kind: 'StatefulSet',
  description:
    'Cognitive cache: session state of the WebSocket gateway and hot cognitive state, three peers with a quorum',
  since: 'phase-1',
  component: 'cache',
  dataClass: 'special',
  processing: {
    purpose: 'Keep session and cognitive state while a session lasts',
    legalBasis: 'GDPR Art. 9(2)(a) explicit consent',
    retentionDays: 1,
  },
  priorityClass: 'aia-critical',
  replicas: { 'phase-1': 3 },
  verticalScaling: { 'phase-2': { mode: 'Off' } },
  // Two of three are the quorum.
  budget: { maxUnavailable: 1 },
  topology: 'peers',
  pools: { 'phase-1': ['core'] },
  spread: [
    { topologyKey: 'kubernetes.io/hostname', strictness: 'required' },
    { topologyKey: 'topology.kubernetes.io/zone', strictness: 'preferred' },
  ],
  containers: [
    {
      name: 'cognitive-cache',
      image: 'cognitive-cache',
      ports: [{ name: 'tcp-redis', port: 6379, appProtocol: 'tcp' }],
      resources: {
        'phase-1': { requests: { cpu: '250m', memory: '1Gi' }, limits: { cpu: '500m', memory: '1536Mi' } },
      },
      probes: {
        startup: { port: 'tcp-redis', periodSeconds: 2, failureThreshold: 30 },
        readiness: { port: 'tcp-redis', periodSeconds: 5, failureThreshold: 3 },
        liveness: { port: 'tcp-redis', periodSeconds: 10, failureThreshold: 6 },
      },
      scratch: [{ path: '/tmp', sizeLimit: '64Mi' }],
    },
  ],
  claims: [{ name: 'data', size: '10Gi', container: 'cognitive-cache', mountPath: '/data' }],
  config: { QUORUM: '2' },
  secrets: { password: 'cognitive-cache-password' },
  callers: { api: {}, 'ws-gateway': {}, 'cognitive-processor': {}, 'cognitive-cache': {} },
  mesh: {
    proxy: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
    destination: {
      connectionPool: { maxConnections: 100, connectTimeoutMs: 500 },
      outlierDetection: {
        consecutiveLocalOriginFailures: 5,
        intervalMs: 10_000,
        baseEjectionMs: 30_000,
        maxEjectionPercent: 34,
      },
    },
    metrics: { port: 9464, path: '/metrics' },
  },
  terminationGracePeriodSeconds: 30,
  runAsUser: 65532,
} satisfies WorkloadData;
