import type { WorkloadData } from '../../model/platform/workload';
import { fastStart } from '../scaling-behavior';

export const api = {
  kind: 'Deployment',
  description: 'Public API of the platform: every request of a user but the WebSocket stream comes through here',
  since: 'phase-1',
  component: 'api',
  dataClass: 'personal',
  processing: {
    purpose: 'Answer the requests of users',
    legalBasis: 'GDPR Art. 6(1)(b) contract',
    retentionDays: 0,
  },
  priorityClass: 'aia-critical',
  replicas: { 'phase-1': 3 },
  autoscaling: {
    'phase-2': {
      kind: 'HorizontalPodAutoscaler',
      maxReplicas: 5,
      cpu: { container: 'api', averageUtilization: 60 },
      behavior: fastStart,
    },
  },
  verticalScaling: { 'phase-2': { mode: 'Off' } },
  // Three replicas keep two thirds of the capacity while one is replaced, and the nodes have no room for a fourth.
  rollout: { maxSurge: 0, maxUnavailable: 1 },
  budget: { maxUnavailable: 1 },
  pools: { 'phase-1': ['core'] },
  spread: [
    { topologyKey: 'kubernetes.io/hostname', strictness: 'required' },
    { topologyKey: 'topology.kubernetes.io/zone', strictness: 'preferred' },
  ],
  containers: [
    {
      name: 'api',
      image: 'api',
      ports: [{ name: 'http', port: 8080, appProtocol: 'http' }],
      resources: {
        'phase-1': { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
        'phase-2': { requests: { cpu: '500m', memory: '768Mi' }, limits: { cpu: '1', memory: '1536Mi' } },
      },
      probes: {
        startup: { port: 'http', path: '/healthz', periodSeconds: 2, failureThreshold: 30 },
        readiness: { port: 'http', path: '/readyz', periodSeconds: 5, failureThreshold: 3 },
        liveness: { port: 'http', path: '/livez', periodSeconds: 10, failureThreshold: 6 },
      },
      scratch: [{ path: '/tmp', sizeLimit: '256Mi' }],
    },
  ],
  config: { RESPONSE_TIME_OBJECTIVE_MS: '200' },
  secrets: {
    'neural-store-password': 'api-neural-store-password',
    'cognitive-cache-password': 'cognitive-cache-password',
  },
  callers: {
    gateway: { timeoutMs: 2000 },
    'neuro-interface': { timeoutMs: 1500 },
  },
  route: { path: '/api', timeoutSeconds: 30, healthPath: '/readyz' },
  mesh: {
    proxy: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
    destination: {
      connectionPool: {
        maxConnections: 200,
        connectTimeoutMs: 1000,
        http1MaxPendingRequests: 100,
        http2MaxRequests: 400,
      },
      outlierDetection: {
        consecutive5xxErrors: 5,
        consecutiveGatewayErrors: 3,
        intervalMs: 10000,
        baseEjectionMs: 30000,
        maxEjectionPercent: 34,
      },
    },
    latencyBudgetMs: 30,
    metrics: { port: 9464, path: '/metrics' },
  },
  terminationGracePeriodSeconds: 30,
  runAsUser: 65532,
} satisfies WorkloadData;
