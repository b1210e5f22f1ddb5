import type { WorkloadData } from '../../model/platform/workload';

export const neuralStoreRestoreDrill = {
  kind: 'CronJob',
  description: 'Restores the latest backup onto a disk of its own, erases again who was erased since, and reports',
  since: 'phase-3',
  // Where the database takes writes; the standby's jobs begin when its role becomes `full`.
  roles: ['full', 'laptop'],
  component: 'backup',
  dataClass: 'special',
  processing: {
    purpose: 'Prove that the neural store can be restored in time',
    legalBasis: 'GDPR Art. 9(2)(a) explicit consent; duty of Art. 32(1)(d)',
    retentionDays: 0,
    subjects: ['users'],
    categories: ['account', 'biometric', 'cognitive', 'erasure-request'],
    assessment: 'cognitive-and-biometric',
  },
  // Pushes batch off a full node, never what serves users.
  priorityClass: 'aia-platform-low',
  // On Sundays, between the backups of the morning and of noon.
  schedule: '30 8 * * 0',
  timeZone: 'Europe/Amsterdam',
  startingDeadlineSeconds: 900,
  parallelism: 1,
  backoffLimit: 1,
  finalExitCodes: [2],
  activeDeadlineSeconds: 10_800,
  pools: { 'phase-3': ['core', 'cognitive'] },
  spread: [{ topologyKey: 'kubernetes.io/hostname', strictness: 'preferred' }],
  containers: [
    {
      name: 'neural-store-restore-drill',
      image: 'neural-store-tools',
      args: ['drill'],
      ports: [],
      // Copying and reading it all take the CPU that is free; the deadline counts on it.
      resources: {
        'phase-3': { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '512Mi' } },
      },
      scratch: [
        { path: '/tmp', sizeLimit: '256Mi' },
        { path: '/var/run/postgresql', sizeLimit: '16Mi' },
      ],
    },
  ],
  // As large as the store's own; gone with the pod, since what is on it must not outlive the drill.
  scratchClaims: [
    { name: 'restored', size: '200Gi', container: 'neural-store-restore-drill', mountPath: '/var/lib/postgresql/data' },
  ],
  config: {},
  callers: {},
  mesh: {
    proxy: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
    metrics: { port: 9464, path: '/metrics' },
  },
  terminationGracePeriodSeconds: 30,
  runAsUser: 65532,
} satisfies WorkloadData;
