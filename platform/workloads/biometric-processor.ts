import type { WorkloadData } from '../../model/platform/workload';
import { fastStart } from '../scaling-behavior';

export const biometricProcessor = {
  kind: 'Deployment',
  description: 'Biometric processor: extracts and matches features of biometric samples',
  since: 'phase-1',
  component: 'processor',
  dataClass: 'special',
  processing: {
    purpose: 'Recognise a user by biometric features',
    legalBasis: 'GDPR Art. 9(2)(a) explicit consent',
    retentionDays: 0,
  },
  priorityClass: 'aia-cognitive',
  replicas: { 'phase-1': 2 },
  autoscaling: {
    'phase-2': {
      kind: 'HorizontalPodAutoscaler',
      maxReplicas: 3,
      cpu: { container: 'biometric-processor', averageUtilization: 65 },
      behavior: fastStart,
    },
  },
  verticalScaling: {
    // Between half the request and nine tenths of the limit.
    'phase-2': {
      mode: 'Initial',
      container: 'biometric-processor',
      minAllowed: { memory: '384Mi' },
      maxAllowed: { memory: '1344Mi' },
    },
  },
  rollout: { maxSurge: 1, maxUnavailable: 0 },
  budget: { maxUnavailable: 1 },
  // Seed, phase 1, action 2: `kubectl rollout restart deployment/biometric-processor`.
  restartedFor: 'phase-1',
  pools: { 'phase-1': ['cognitive', 'core', 'ml'], 'phase-2': ['cognitive', 'core'] },
  // One a node: two on one cognitive node would leave a cognitive-processor of 2 cores no place.
  spread: [
    { topologyKey: 'kubernetes.io/hostname', strictness: 'required' },
    { topologyKey: 'topology.kubernetes.io/zone', strictness: 'preferred' },
  ],
  containers: [
    {
      name: 'biometric-processor',
      image: 'biometric-processor',
      // Seed, phase 1, action 2: a stale image on the node must not be what starts.
      imagePullPolicy: 'Always',
      ports: [{ name: 'grpc', port: 9100, appProtocol: 'grpc' }],
      resources: {
        'phase-1': { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
        'phase-2': { requests: { cpu: '400m', memory: '768Mi' }, limits: { cpu: '1', memory: '1536Mi' } },
      },
      probes: {
        startup: { port: 'grpc', periodSeconds: 5, failureThreshold: 30 },
        readiness: { port: 'grpc', periodSeconds: 5, failureThreshold: 3 },
        liveness: { port: 'grpc', periodSeconds: 10, failureThreshold: 6 },
      },
      scratch: [{ path: '/tmp', sizeLimit: '256Mi' }],
    },
  ],
  config: {},
  secrets: { 'neural-store-password': 'biometric-processor-neural-store-password' },
  callers: {
    api: { timeoutMs: 800 },
    // Embeddings from the sites: the one method that the gateway lets them call.
    'biometric-edge': { timeoutMs: 2000, throughGateway: { path: '/aia.biometric.v1.Embeddings/' } },
  },
  mesh: {
    proxy: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
    destination: {
      connectionPool: {
        maxConnections: 50,
        connectTimeoutMs: 500,
        http1MaxPendingRequests: 25,
        http2MaxRequests: 50,
      },
      outlierDetection: {
        consecutive5xxErrors: 5,
        consecutiveGatewayErrors: 3,
        intervalMs: 10000,
        baseEjectionMs: 30000,
        maxEjectionPercent: 50,
      },
    },
    metrics: { port: 9464, path: '/metrics' },
  },
  terminationGracePeriodSeconds: 30,
  runAsUser: 65532,
} satisfies WorkloadData;
