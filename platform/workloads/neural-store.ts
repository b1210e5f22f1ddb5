import type { WorkloadData } from '../../model/platform/workload';

/**
 * A placeholder for a database operator: two pods, of which pod 0 takes the writes and the other follows it. The
 * image's entrypoint sets up the replication; nothing here promotes the follower (docs/platform.md).
 */
export const neuralStore = {
  kind: 'StatefulSet',
  description: 'Neural store: the database of record, one primary and one streaming replica',
  since: 'phase-1',
  component: 'database',
  dataClass: 'special',
  processing: {
    purpose: 'Keep accounts, consents, embeddings and results',
    legalBasis: 'GDPR Art. 9(2)(a) explicit consent',
    retentionDays: 730,
  },
  priorityClass: 'aia-critical',
  replicas: { 'phase-1': 2 },
  verticalScaling: { 'phase-2': { mode: 'Off' } },
  budget: { maxUnavailable: 1 },
  topology: 'primary',
  pools: { 'phase-1': ['core'] },
  spread: [
    { topologyKey: 'kubernetes.io/hostname', strictness: 'required' },
    { topologyKey: 'topology.kubernetes.io/zone', strictness: 'preferred' },
  ],
  containers: [
    {
      name: 'neural-store',
      image: 'neural-store',
      ports: [{ name: 'tcp-postgres', port: 5432, appProtocol: 'tcp' }],
      resources: {
        'phase-1': { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '2', memory: '4Gi' } },
        'phase-2': { requests: { cpu: '500m', memory: '2Gi' }, limits: { cpu: '1', memory: '4Gi' } },
      },
      probes: {
        startup: { port: 'tcp-postgres', periodSeconds: 5, failureThreshold: 60 },
        readiness: { port: 'tcp-postgres', periodSeconds: 5, failureThreshold: 3 },
        liveness: { port: 'tcp-postgres', periodSeconds: 10, failureThreshold: 6 },
      },
      scratch: [
        { path: '/tmp', sizeLimit: '256Mi' },
        { path: '/var/run/postgresql', sizeLimit: '16Mi' },
      ],
    },
  ],
  claims: [{ name: 'data', size: '200Gi', container: 'neural-store', mountPath: '/var/lib/postgresql/data' }],
  config: {},
  secrets: { password: 'neural-store-password' },
  callers: {
    api: {},
    'cognitive-processor': {},
    'biometric-processor': {},
    'ml-batch': {},
    'neural-store': {},
  },
  mesh: {
    proxy: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
    // Never leave the primary out: nobody else takes the writes.
    destination: {
      connectionPool: { maxConnections: 100, connectTimeoutMs: 500 },
      outlierDetection: {
        consecutiveLocalOriginFailures: 5,
        intervalMs: 10_000,
        baseEjectionMs: 30_000,
        maxEjectionPercent: 0,
      },
    },
    metrics: { port: 9464, path: '/metrics' },
  },
  // A clean shutdown writes a checkpoint first.
  terminationGracePeriodSeconds: 60,
  runAsUser: 65532,
} satisfies WorkloadData;
