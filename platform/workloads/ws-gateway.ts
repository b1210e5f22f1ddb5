import type { WorkloadData } from '../../model/platform/workload';
import { fastStart } from '../scaling-behavior';

export const wsGateway = {
  kind: 'Deployment',
  description: 'WebSocket gateway: streams cognitive data to and from the interface',
  since: 'phase-1',
  component: 'gateway',
  dataClass: 'special',
  processing: {
    purpose: 'Stream cognitive data of a running session',
    legalBasis: 'GDPR Art. 9(2)(a) explicit consent',
    retentionDays: 0,
  },
  priorityClass: 'aia-critical',
  replicas: { 'phase-1': 2 },
  autoscaling: {
    'phase-2': {
      kind: 'ScaledObject',
      maxReplicas: 3,
      cpu: { container: 'ws-gateway', averageUtilization: 60 },
      // Quiet sessions use no CPU but sockets and memory.
      prometheus: [{ name: 'connections', query: 'sum(aia_ws_connections{namespace="aia"})', threshold: 2000 }],
      fallback: { failureThreshold: 3, replicas: 3 },
      behavior: fastStart,
    },
  },
  verticalScaling: { 'phase-2': { mode: 'Off' } },
  rollout: { maxSurge: 1, maxUnavailable: 0 },
  budget: { maxUnavailable: 1 },
  pools: { 'phase-1': ['core'] },
  spread: [
    { topologyKey: 'kubernetes.io/hostname', strictness: 'required' },
    { topologyKey: 'topology.kubernetes.io/zone', strictness: 'preferred' },
  ],
  containers: [
    {
      name: 'ws-gateway',
      image: 'ws-gateway',
      ports: [{ name: 'http-ws', port: 8081, appProtocol: 'http' }],
      resources: {
        'phase-1': { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
        'phase-2': { requests: { cpu: '400m', memory: '768Mi' }, limits: { cpu: '1', memory: '1536Mi' } },
      },
      probes: {
        startup: { port: 'http-ws', path: '/healthz', periodSeconds: 2, failureThreshold: 30 },
        readiness: { port: 'http-ws', path: '/readyz', periodSeconds: 5, failureThreshold: 3 },
        liveness: { port: 'http-ws', path: '/livez', periodSeconds: 10, failureThreshold: 6 },
      },
      scratch: [{ path: '/tmp', sizeLimit: '128Mi' }],
    },
  ],
  // Below the load balancer's idle limit, so that a quiet session is not cut.
  config: { PING_INTERVAL_SECONDS: '30' },
  secrets: { 'cognitive-cache-password': 'cognitive-cache-password' },
  callers: { gateway: { streaming: true } },
  // A WebSocket is one long request: the load balancer may cut it after an hour, not after half a minute.
  route: { path: '/ws', timeoutSeconds: 3600, healthPath: '/readyz' },
  mesh: {
    proxy: { requests: { cpu: '200m', memory: '256Mi' }, limits: { cpu: '1', memory: '256Mi' } },
    destination: {
      connectionPool: {
        maxConnections: 2000,
        connectTimeoutMs: 1000,
        http1MaxPendingRequests: 256,
      },
      outlierDetection: {
        consecutive5xxErrors: 5,
        consecutiveGatewayErrors: 3,
        intervalMs: 10000,
        baseEjectionMs: 30000,
        maxEjectionPercent: 50,
      },
      affinityCookie: 'aia-ws',
    },
    metrics: { port: 9464, path: '/metrics' },
  },
  // Sessions are handed over to other pods before the process ends.
  terminationGracePeriodSeconds: 60,
  runAsUser: 65532,
} satisfies WorkloadData;
