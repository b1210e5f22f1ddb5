import type { WorkloadData } from '../../model/platform/workload';
import { fastStart } from '../scaling-behavior';

export const neuroInterface = {
  kind: 'Deployment',
  description: 'Neuro-cognitive interface: the web application that adapts to its user in real time',
  since: 'phase-1',
  component: 'interface',
  dataClass: 'personal',
  processing: {
    purpose: 'Show users their analytics and adapt to them',
    legalBasis: 'GDPR Art. 6(1)(b) contract',
    retentionDays: 0,
    subjects: ['users', 'visitors'],
    categories: ['account', 'session'],
  },
  priorityClass: 'aia-critical',
  replicas: { 'phase-1': 2 },
  autoscaling: {
    'phase-2': {
      kind: 'HorizontalPodAutoscaler',
      maxReplicas: 3,
      cpu: { container: 'neuro-interface', averageUtilization: 65 },
      behavior: fastStart,
    },
  },
  verticalScaling: { 'phase-2': { mode: 'Off' } },
  rollout: { maxSurge: 1, maxUnavailable: 0 },
  budget: { maxUnavailable: 1 },
  // On cognitive nodes too, so that the loss of a zone leaves them a place.
  pools: { 'phase-1': ['core'], 'phase-3': ['core', 'cognitive'] },
  spread: [
    { topologyKey: 'kubernetes.io/hostname', strictness: 'required' },
    { topologyKey: 'topology.kubernetes.io/zone', strictness: 'preferred' },
  ],
  containers: [
    {
      name: 'neuro-interface',
      image: 'neuro-interface',
      ports: [{ name: 'http', port: 3000, appProtocol: 'http' }],
      resources: {
        'phase-1': { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } },
        'phase-2': { requests: { cpu: '250m', memory: '384Mi' }, limits: { cpu: '500m', memory: '768Mi' } },
      },
      probes: {
        startup: { port: 'http', path: '/healthz', periodSeconds: 2, failureThreshold: 30 },
        readiness: { port: 'http', path: '/readyz', periodSeconds: 5, failureThreshold: 3 },
        liveness: { port: 'http', path: '/livez', periodSeconds: 10, failureThreshold: 6 },
      },
      scratch: [{ path: '/tmp', sizeLimit: '128Mi' }],
    },
  ],
  config: {},
  callers: { gateway: { timeoutMs: 2000 } },
  route: { path: '/', timeoutSeconds: 30, healthPath: '/readyz' },
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
        maxEjectionPercent: 50,
      },
    },
    metrics: { port: 9464, path: '/metrics' },
  },
  terminationGracePeriodSeconds: 30,
  runAsUser: 65532,
} satisfies WorkloadData;
