import type { WorkloadData } from '../../model/platform/workload';
import { fastStart } from '../scaling-behavior';

export const cognitiveProcessor = {
  kind: 'Deployment',
  description: 'Cognitive processor: turns sessions and biometric features into cognitive state',
  since: 'phase-1',
  component: 'processor',
  dataClass: 'special',
  processing: {
    purpose: 'Derive cognitive state from sessions and features',
    legalBasis: 'GDPR Art. 9(2)(a) explicit consent',
    retentionDays: 0,
  },
  priorityClass: 'aia-cognitive',
  // Seed, phase 1, action 3: `kubectl scale deployment cognitive-processor --replicas=2`.
  replicas: { 'phase-1': 2 },
  autoscaling: {
    'phase-2': {
      kind: 'HorizontalPodAutoscaler',
      maxReplicas: 3,
      cpu: { container: 'cognitive-processor', averageUtilization: 65 },
      behavior: fastStart,
    },
  },
  verticalScaling: {
    // Between half the request and nine tenths of the limit.
    'phase-2': {
      mode: 'Initial',
      container: 'cognitive-processor',
      minAllowed: { memory: '1280Mi' },
      maxAllowed: { memory: '3584Mi' },
    },
  },
  rollout: { maxSurge: 1, maxUnavailable: 0 },
  budget: { maxUnavailable: 1 },
  // The pod that surges during a rollout needs two whole cores, which only an ml node has free in phase 1.
  pools: { 'phase-1': ['cognitive', 'core', 'ml'], 'phase-2': ['cognitive', 'core'] },
  spread: [
    { topologyKey: 'kubernetes.io/hostname', strictness: 'required' },
    { topologyKey: 'topology.kubernetes.io/zone', strictness: 'preferred' },
  ],
  containers: [
    {
      name: 'cognitive-processor',
      image: 'cognitive-processor',
      ports: [{ name: 'grpc', port: 9000, appProtocol: 'grpc' }],
      // It runs out of memory today; the figures are the platform design's (section 6).
      resources: {
        'phase-1': { requests: { cpu: '2', memory: '3Gi' }, limits: { cpu: '3', memory: '4Gi' } },
        'phase-2': { requests: { cpu: '1', memory: '2560Mi' }, limits: { cpu: '2', memory: '4Gi' } },
      },
      probes: {
        startup: { port: 'grpc', periodSeconds: 5, failureThreshold: 30 },
        readiness: { port: 'grpc', periodSeconds: 5, failureThreshold: 3 },
        liveness: { port: 'grpc', periodSeconds: 10, failureThreshold: 6 },
      },
      scratch: [{ path: '/tmp', sizeLimit: '512Mi' }],
    },
  ],
  config: {},
  secrets: {
    'neural-store-password': 'cognitive-processor-neural-store-password',
    'cognitive-cache-password': 'cognitive-cache-password',
  },
  callers: {
    api: { timeoutMs: 800 },
    'ws-gateway': { timeoutMs: 800 },
    'cognitive-health': { timeoutMs: 800 },
  },
  mesh: {
    proxy: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
    destination: {
      connectionPool: {
        maxConnections: 50,
        connectTimeoutMs: 500,
        http1MaxPendingRequests: 50,
        http2MaxRequests: 100,
      },
      outlierDetection: {
        consecutive5xxErrors: 5,
        consecutiveGatewayErrors: 3,
        intervalMs: 5000,
        baseEjectionMs: 30000,
        maxEjectionPercent: 50,
      },
    },
    latencyBudgetMs: 50,
    metrics: { port: 9464, path: '/metrics' },
  },
  terminationGracePeriodSeconds: 30,
  runAsUser: 65532,
} satisfies WorkloadData;
