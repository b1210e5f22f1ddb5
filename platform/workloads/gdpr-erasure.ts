import type { WorkloadData } from '../../model/platform/workload';

/**
 * A template for `kubectl create job --from`. Whom to erase stands in the queue of the neural store, never in a name, an
 * argument, the environment or Git: those are kept, logged and shown.
 */
export const gdprErasure = {
  kind: 'CronJob',
  description: 'Erases the people whose requests wait in the queue of the neural store, everywhere',
  since: 'phase-3',
  // Where the database takes writes; the standby's jobs begin when its role becomes `full`.
  roles: ['full', 'laptop'],
  component: 'data-protection',
  dataClass: 'special',
  processing: {
    purpose: 'Erase the data of people who ask for it',
    legalBasis: 'GDPR Art. 6(1)(c) legal obligation: Art. 17(1); Art. 9(2)(a) explicit consent until then',
    retentionDays: 0,
    subjects: ['users'],
    categories: ['account', 'biometric', 'cognitive', 'erasure-request'],
    assessment: 'cognitive-and-biometric',
  },
  // Pushes batch off a full node, never what serves users.
  priorityClass: 'aia-platform-low',
  suspend: true,
  // In force only once somebody lifts the suspension: daily, after gdpr-retention has ended.
  schedule: '45 4 * * *',
  timeZone: 'Europe/Amsterdam',
  startingDeadlineSeconds: 1800,
  parallelism: 1,
  backoffLimit: 6,
  finalExitCodes: [2],
  activeDeadlineSeconds: 3600,
  pools: { 'phase-3': ['core', 'cognitive'] },
  spread: [{ topologyKey: 'kubernetes.io/hostname', strictness: 'preferred' }],
  containers: [
    {
      name: 'gdpr-erasure',
      image: 'gdpr-jobs',
      args: ['erasure'],
      ports: [],
      resources: {
        'phase-3': { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '200m', memory: '512Mi' } },
      },
      scratch: [{ path: '/tmp', sizeLimit: '256Mi' }],
    },
  ],
  config: {},
  secrets: {
    'neural-store-password': 'gdpr-erasure-neural-store-password',
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
