import type { WorkloadData } from '../../model/platform/workload';

export const neuralStoreBackup = {
  kind: 'CronJob',
  description: 'Copies the neural store into the bucket of the other region',
  since: 'phase-3',
  // Where the database takes writes; the standby's jobs begin when its role becomes `full`.
  roles: ['full', 'laptop'],
  component: 'backup',
  dataClass: 'special',
  processing: {
    purpose: 'Restore the neural store after a loss',
    legalBasis: 'GDPR Art. 9(2)(a) explicit consent; duty of Art. 32(1)(c)',
    retentionDays: 0,
    subjects: ['users'],
    categories: ['account', 'biometric', 'cognitive'],
    assessment: 'cognitive-and-biometric',
  },
  // Pushes batch off a full node, never what serves users.
  priorityClass: 'aia-platform-low',
  // Every six hours, held against the RPO in platform/recovery.ts.
  schedule: '15 0,6,12,18 * * *',
  timeZone: 'Europe/Amsterdam',
  startingDeadlineSeconds: 900,
  parallelism: 1,
  backoffLimit: 2,
  finalExitCodes: [2],
  activeDeadlineSeconds: 5400,
  pools: { 'phase-3': ['core', 'cognitive'] },
  spread: [{ topologyKey: 'kubernetes.io/hostname', strictness: 'preferred' }],
  containers: [
    {
      name: 'neural-store-backup',
      image: 'neural-store-tools',
      args: ['backup'],
      ports: [],
      // Copying and reading it all take the CPU that is free; the deadline counts on it.
      resources: {
        'phase-3': { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '512Mi' } },
      },
      scratch: [{ path: '/tmp', sizeLimit: '256Mi' }],
    },
  ],
  config: { STORE_PASSWORD_FILE: '/var/run/secrets/neural-store-backup/neural-store-password' },
  // The superuser's, whose files it copies.
  secrets: { 'neural-store-password': 'neural-store-password' },
  callers: {},
  mesh: {
    proxy: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
    metrics: { port: 9464, path: '/metrics' },
  },
  terminationGracePeriodSeconds: 30,
  runAsUser: 65532,
} satisfies WorkloadData;
