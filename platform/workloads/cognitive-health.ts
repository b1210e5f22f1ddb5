import type { WorkloadData } from '../../model/platform/workload';

/**
 * The cognitive part of global load balancing: its pods ask the cognitive processor how long its queue is, and turn
 * unready while this region can't keep up. DNS then leads elsewhere (docs/regions.md says what this can't do).
 */
export const cognitiveHealth = {
  kind: 'Deployment',
  description: 'Cognitive health: is ready while this region keeps up with cognitive processing',
  since: 'phase-3',
  roles: ['full', 'standby'],
  component: 'health',
  dataClass: 'none',
  processing: {
    purpose: 'Tell global load balancing whether this region can serve',
    legalBasis: 'none needed: no personal data',
    retentionDays: 0,
  },
  priorityClass: 'aia-critical',
  replicas: { 'phase-3': 2 },
  rollout: { maxSurge: 1, maxUnavailable: 0 },
  budget: { maxUnavailable: 1 },
  pools: { 'phase-3': ['core'] },
  spread: [
    { topologyKey: 'kubernetes.io/hostname', strictness: 'preferred' },
    { topologyKey: 'topology.kubernetes.io/zone', strictness: 'preferred' },
  ],
  containers: [
    {
      name: 'cognitive-health',
      image: 'cognitive-health',
      ports: [{ name: 'http', port: 8090, appProtocol: 'http' }],
      resources: { 'phase-3': { requests: { cpu: '25m', memory: '64Mi' }, limits: { cpu: '100m', memory: '128Mi' } } },
      probes: {
        startup: { port: 'http', path: '/healthz', periodSeconds: 2, failureThreshold: 30 },
        readiness: { port: 'http', path: '/readyz', periodSeconds: 5, failureThreshold: 2 },
        liveness: { port: 'http', path: '/livez', periodSeconds: 10, failureThreshold: 6 },
      },
      scratch: [{ path: '/tmp', sizeLimit: '16Mi' }],
    },
  ],
  // Slow to leave and slower to come back: every change of mind sends all users to the other region.
  config: { MAX_QUEUE_DEPTH: '64', UNREADY_AFTER_SECONDS: '120', READY_AFTER_SECONDS: '300' },
  callers: {},
  mesh: {
    // One question every few seconds: a proxy of the usual size would be most of what it asks for.
    proxy: { requests: { cpu: '25m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
    metrics: { port: 9464, path: '/metrics' },
  },
  terminationGracePeriodSeconds: 30,
  runAsUser: 65532,
} satisfies WorkloadData;
