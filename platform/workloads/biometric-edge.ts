import type { WorkloadData } from '../../model/platform/workload';
import { mesh } from '../mesh';
import { settings } from '../settings';

const region = `${mesh.gateway.sites.subdomain}.${settings.domain}`;

/**
 * Samples and templates stay where they are taken: this turns them into embeddings, and sends nothing else. One pod a
 * site, since a site has one node; it keeps working while the region is out of reach.
 */
export const biometricEdge = {
  kind: 'Deployment',
  description: 'Biometric edge: turns samples into embeddings at the site where they are taken',
  since: 'phase-3',
  roles: ['edge'],
  component: 'edge',
  dataClass: 'special',
  processing: {
    purpose: 'Turn biometric samples into embeddings without a sample or template leaving the site',
    legalBasis: 'GDPR Art. 9(2)(a) explicit consent',
    retentionDays: 0,
  },
  priorityClass: 'aia-critical',
  replicas: { 'phase-3': 1 },
  // The only pod of the site goes before the new one comes: two would not fit on its node beside everything else.
  rollout: { maxSurge: 0, maxUnavailable: 1 },
  budget: { maxUnavailable: 1 },
  pools: { 'phase-3': ['edge'] },
  spread: [],
  // A site that is cut off is not broken: its pod is left where it is for an hour.
  unreachableSeconds: 3600,
  containers: [
    {
      name: 'biometric-edge',
      image: 'biometric-edge',
      ports: [{ name: 'grpc', port: 9100, appProtocol: 'grpc' }],
      resources: { 'phase-3': { requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } } },
      probes: {
        startup: { port: 'grpc', periodSeconds: 5, failureThreshold: 30 },
        readiness: { port: 'grpc', periodSeconds: 5, failureThreshold: 3 },
        liveness: { port: 'grpc', periodSeconds: 10, failureThreshold: 6 },
      },
      scratch: [
        // In memory, and counted into its limit: what is biometric is gone with the pod, and never on the site's disk.
        { path: '/tmp', sizeLimit: '256Mi', medium: 'Memory' },
        // Embeddings that wait for the region, encrypted by the application.
        { path: '/var/spool/embeddings', sizeLimit: '4Gi' },
      ],
    },
  ],
  config: {
    REGION_ADDRESS: `${region}:443`,
    SEND: 'embeddings',
    SPOOL_PATH: '/var/spool/embeddings',
    SPOOL_MAX_HOURS: '24',
  },
  // The site's certificate, by which the region knows it, and the key of what waits on its disk.
  secrets: { 'tls.crt': 'edge-site-certificate', 'tls.key': 'edge-site-key', 'spool.key': 'edge-spool-key' },
  external: { 'region-gateway': { hosts: [region], port: 443 } },
  callers: { devices: { timeoutMs: 2000 } },
  mesh: {
    proxy: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
    destination: {
      connectionPool: { maxConnections: 50, connectTimeoutMs: 500 },
      outlierDetection: { consecutive5xxErrors: 5, intervalMs: 10000, baseEjectionMs: 30000, maxEjectionPercent: 100 },
    },
    metrics: { port: 9464, path: '/metrics' },
  },
  terminationGracePeriodSeconds: 30,
  runAsUser: 65532,
} satisfies WorkloadData;
