import type { WorkloadData } from '../../model/platform/workload';

export const mlBatch = {
  kind: 'CronJob',
  description: 'ML batch: retrains and scores overnight, on pseudonymised data',
  since: 'phase-1',
  // The standby region begins with it once it takes over: its role becomes `full`.
  roles: ['full', 'laptop'],
  component: 'batch',
  dataClass: 'pseudonymised',
  processing: {
    purpose: 'Improve the models on pseudonymised data',
    legalBasis: 'GDPR Art. 6(1)(f) legitimate interest',
    retentionDays: 0,
    subjects: ['users'],
    categories: ['training'],
  },
  priorityClass: 'aia-batch',
  // At night, when inference is at its minimum (the design's off-peak window is 22:00 to 05:00).
  schedule: '0 22 * * *',
  timeZone: 'Europe/Amsterdam',
  parallelism: 2,
  startingDeadlineSeconds: 3600,
  backoffLimit: 4,
  // What Python and the command lines of most tools say of wrong arguments and settings.
  finalExitCodes: [2],
  activeDeadlineSeconds: 25_200,
  // Spot nodes where there are some; the laptop has none, nor has the standby region on the day it takes over.
  pools: { 'phase-1': ['ml'], 'phase-3': ['ml-spot', 'ml', 'core'] },
  queue: { 'phase-3': 'batch' },
  spread: [{ topologyKey: 'kubernetes.io/hostname', strictness: 'preferred' }],
  containers: [
    {
      name: 'ml-batch',
      image: 'ml-batch',
      ports: [],
      resources: {
        'phase-1': { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '2', memory: '4Gi' } },
      },
      scratch: [{ path: '/tmp', sizeLimit: '4Gi' }],
    },
  ],
  config: {},
  secrets: { 'neural-store-password': 'ml-batch-neural-store-password' },
  callers: {},
  mesh: {
    proxy: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
    metrics: { port: 9464, path: '/metrics' },
  },
  terminationGracePeriodSeconds: 15,
  runAsUser: 65532,
} satisfies WorkloadData;
