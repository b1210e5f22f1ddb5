import type { WorkloadData } from '../../model/platform/workload';

export const gdprRetention = {
  kind: 'CronJob',
  description: 'Deletes what is past its retention, and fails where a request for erasure has waited too long',
  since: 'phase-3',
  // Where the database takes writes; the standby's jobs begin when its role becomes `full`.
  roles: ['full', 'laptop'],
  component: 'data-protection',
  dataClass: 'special',
  processing: {
    purpose: 'Delete personal data at the end of its time',
    legalBasis: 'GDPR Art. 6(1)(c) legal obligation: Art. 5(1)(e); Art. 9(2)(a) explicit consent until then',
    retentionDays: 0,
    subjects: ['users'],
    categories: ['account', 'biometric', 'cognitive'],
    assessment: 'cognitive-and-biometric',
  },
  // Pushes batch off a full node, never what serves users.
  priorityClass: 'aia-platform-low',
  // At night, after the backup of midnight has ended (docs/gdpr/README.md has all windows).
  schedule: '10 3 * * *',
  timeZone: 'Europe/Amsterdam',
  startingDeadlineSeconds: 1800,
  parallelism: 1,
  backoffLimit: 3,
  finalExitCodes: [2],
  activeDeadlineSeconds: 3600,
  pools: { 'phase-3': ['core', 'cognitive'] },
  spread: [{ topologyKey: 'kubernetes.io/hostname', strictness: 'preferred' }],
  containers: [
    {
      name: 'gdpr-retention',
      image: 'gdpr-jobs',
      args: ['retention'],
      ports: [],
      resources: {
        'phase-3': { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '200m', memory: '512Mi' } },
      },
      scratch: [{ path: '/tmp', sizeLimit: '256Mi' }],
    },
  ],
  config: {},
  secrets: {
    'neural-store-password': 'gdpr-retention-neural-store-password',
    'cognitive-cache-password': 'cognitive-cache-password',
  },
  callers: {},
  mesh: {
    proxy: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
    metrics: { port: 9464, path: '/metrics' },
  },
  terminationGracePeriodSeconds: 30,
  runAsUser: 65532,
} satisfies WorkloadData;
