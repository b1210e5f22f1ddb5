import type { WorkloadData } from '../../model/platform/workload';
import { slowStart } from '../scaling-behavior';

export const mlInferenceService = {
  kind: 'Deployment',
  description: 'ML inference: runs the models behind cognitive and biometric processing',
  since: 'phase-1',
  component: 'inference',
  dataClass: 'special',
  processing: {
    purpose: 'Run models on features of one request at a time',
    legalBasis: 'GDPR Art. 9(2)(a) explicit consent',
    retentionDays: 0,
  },
  priorityClass: 'aia-cognitive',
  replicas: { 'phase-1': 3 },
  autoscaling: {
    'phase-2': {
      kind: 'ScaledObject',
      maxReplicas: 6,
      cpu: { container: 'ml-inference', averageUtilization: 65 },
      // A full queue with idle CPUs: requests wait for a batch slot. One batch in flight and one waiting per pod.
      prometheus: [{ name: 'queue-depth', query: 'sum(aia_ml_queue_depth{namespace="aia"})', threshold: 16 }],
      peakReplicas: 4,
      fallback: { failureThreshold: 3, replicas: 4 },
      behavior: slowStart,
    },
  },
  // The seed sets its requests and limits; nothing may move them.
  verticalScaling: { 'phase-2': { mode: 'Off' } },
  rollout: { maxSurge: 0, maxUnavailable: 1 },
  budget: { minAvailable: 2 },
  pools: { 'phase-1': ['ml', 'core'], 'phase-3': ['ml-spot', 'ml', 'core'] },
  spread: [
    { topologyKey: 'kubernetes.io/hostname', strictness: 'preferred' },
    { topologyKey: 'topology.kubernetes.io/zone', strictness: 'preferred' },
  ],
  containers: [
    {
      name: 'ml-inference',
      image: 'ml-inference',
      ports: [{ name: 'http', port: 8500, appProtocol: 'http' }],
      // Seed, phase 1, action 1: the figures that end the crash loop.
      resources: {
        'phase-1': { requests: { cpu: '1000m', memory: '2Gi' }, limits: { cpu: '2000m', memory: '4Gi' } },
      },
      probes: {
        // Loading the models takes minutes on a cold node: 60 tries, 5 s apart.
        startup: { port: 'http', path: '/healthz', periodSeconds: 5, failureThreshold: 60 },
        readiness: { port: 'http', path: '/readyz', periodSeconds: 5, failureThreshold: 3 },
        liveness: { port: 'http', path: '/livez', periodSeconds: 10, failureThreshold: 6 },
      },
      scratch: [
        { path: '/tmp', sizeLimit: '512Mi' },
        { path: '/var/cache/models', sizeLimit: '8Gi' },
      ],
    },
  ],
  // Requests that arrive within the wait are inferred together, up to the batch size.
  config: { BATCH_MAX_SIZE: '8', BATCH_MAX_WAIT_MS: '10' },
  callers: {
    // The only layer that retries: two tries of 280 ms and the pause between them fit into 600 ms.
    'cognitive-processor': {
      timeoutMs: 600,
      retries: { attempts: 1, perTryTimeoutMs: 280, on: ['connect-failure', 'refused-stream'] },
    },
    'biometric-processor': { timeoutMs: 600 },
  },
  mesh: {
    proxy: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
    // 32 requests in flight at 110 ms each are 290 a second from one caller's pod (Little's law).
    destination: {
      connectionPool: {
        maxConnections: 64,
        connectTimeoutMs: 250,
        http1MaxPendingRequests: 16,
        http2MaxRequests: 32,
      },
      outlierDetection: {
        consecutive5xxErrors: 5,
        consecutiveGatewayErrors: 3,
        intervalMs: 5000,
        baseEjectionMs: 15000,
        maxEjectionPercent: 34,
      },
    },
    tracingSamplingPercent: 10,
    latencyBudgetMs: 110,
    metrics: { port: 9464, path: '/metrics' },
  },
  // A spot node, where it runs from phase 3 on, gives a pod 15 s.
  terminationGracePeriodSeconds: 15,
  runAsUser: 65532,
} satisfies WorkloadData;
