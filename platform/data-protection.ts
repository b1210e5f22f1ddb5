import type { DataProtection } from '../model/platform/data-protection';

/**
 * What the record of processing activities (docs/gdpr/ropa.md) needs beside the workloads. **Have your data protection
 * officer read and correct it**: names, addresses and contracts are placeholders until you set them, and the legal
 * bases are our reading of what AIA does, not legal advice.
 */
export const dataProtection = {
  controller: { name: 'Controller (not set yet)', address: 'not set yet', email: 'privacy@aia.example.com' },
  dataProtectionOfficer: {
    name: 'Data protection officer (not set yet)',
    address: 'not set yet',
    email: 'dpo@aia.example.com',
  },
  subjects: {
    users: 'People who use AIA',
    visitors: 'People who open the public website or API without an account',
    staff: 'People who operate AIA',
  },
  categories: {
    account: { description: 'Name, e-mail address, settings, consents', special: false },
    session: { description: 'Session identifiers, connection times, IP addresses', special: false },
    biometric: { description: 'Biometric samples and embeddings that identify a person', special: true },
    cognitive: { description: 'Neuro-cognitive signals, states and results, which tell of health', special: true },
    training: { description: 'Features and labels under pseudonyms, for training and scoring', special: false },
    technical: { description: 'Request identifiers, IP addresses, times and status codes', special: false },
    'erasure-request': { description: 'Identifier of a person whose data was erased, and when', special: false },
  },
  recipients: {
    'cloud-provider': {
      name: 'Provider of the clusters, disks and buckets: Google Cloud EMEA Limited where you run on GKE',
      role: 'processor',
      receives: 'All data, encrypted at rest with keys of the controller, to run and store it',
      clusters: ['europe-west1', 'europe-west4'],
      country: 'IE',
      agreement: 'Data processing addendum of the provider (reference not set yet)',
    },
  },
  securityMeasures: [
    'Disks and backups are encrypted with keys of the controller (StorageClass and bucket, Art. 32(1)(a))',
    'Traffic between workloads is encrypted and authenticated: mutual TLS, demanded from phase 3 on (Art. 32(1)(a))',
    'Each workload may be called only by the callers that it declares, on its own ports (Art. 32(1)(b))',
    'Pods run without privileges, with a read-only root file system and no token of the API server (Art. 32(1)(b))',
    'Three cache peers, a database replica, disruption budgets and a second region keep the service up (Art. 32(1)(b))',
    'Backups on a schedule, and a drill that restores them (Art. 32(1)(c) and (d))',
    'Training uses pseudonyms (Art. 32(1)(a))',
    'Every change goes through a reviewed pull request; Argo CD undoes changes made by hand (Art. 32(1)(d))',
  ],
  assessments: {
    'cognitive-and-biometric': {
      title: 'Neuro-cognitive and biometric processing',
      reference: 'not set yet; template: docs/gdpr/dpia-template.md',
    },
  },
  jobs: { retention: 'gdpr-retention', erasure: 'gdpr-erasure' },
  erasureDeadlineDays: 30,
  // Retention days of add-ons are those of their charts in platform/charts/.
  places: {
    logs: {
      description: 'Logs of all pods, for finding faults',
      storage: 'Volume of VictoriaLogs, namespace logging',
      since: 'phase-1',
      dataClass: 'personal',
      processing: {
        purpose: 'Find and mend faults, see attacks',
        legalBasis: 'GDPR Art. 6(1)(f) legitimate interest',
        retentionDays: 14,
        subjects: ['users', 'visitors', 'staff'],
        categories: ['technical'],
      },
      erasure: 'Expires; applications log identifiers of requests, never names or contents',
    },
    'edge-spool': {
      description: 'Embeddings at an edge site that wait while the region is out of reach',
      storage: "Disk of the site's node, a file of biometric-edge, encrypted by the application with the site's key",
      since: 'phase-3',
      clusters: ['edge-1'],
      dataClass: 'special',
      processing: {
        purpose: 'Bring embeddings to the region once it is in reach again',
        legalBasis: 'GDPR Art. 9(2)(a) explicit consent',
        retentionDays: 1,
        subjects: ['users'],
        categories: ['biometric'],
        assessment: 'cognitive-and-biometric',
      },
      erasure: 'Deleted once sent, after 24 hours at the latest, and with the pod',
    },
    metrics: {
      description: 'Counts and durations; no label names a person',
      storage: 'Volume of Prometheus, namespace monitoring',
      since: 'phase-1',
      dataClass: 'none',
      processing: {
        purpose: 'Measure load, errors and response times',
        legalBasis: 'none needed: no personal data',
        retentionDays: 31,
      },
      erasure: 'Expires with the database of metrics',
    },
    backups: {
      description: 'Backups of the neural store',
      storage: 'Bucket in another region than the cluster',
      inBucket: true,
      since: 'phase-3',
      clusters: ['europe-west1', 'europe-west4'],
      dataClass: 'special',
      processing: {
        purpose: 'Restore the neural store after a loss',
        legalBasis: 'GDPR Art. 9(2)(a) explicit consent; duty of Art. 32(1)(c)',
        retentionDays: 35,
        subjects: ['users'],
        categories: ['account', 'biometric', 'cognitive'],
        assessment: 'cognitive-and-biometric',
      },
      erasure: 'Expires; erased people stay in old backups, out of use, and are erased again after any restore',
    },
    'write-ahead-log': {
      description: 'Archive of every change of the neural store, which the standby region follows',
      storage: 'The bucket of the backups, below /neural-store/wal',
      inBucket: true,
      since: 'phase-3',
      clusters: ['europe-west1', 'europe-west4'],
      dataClass: 'special',
      processing: {
        purpose: 'Take over in another region when one is lost',
        legalBasis: 'GDPR Art. 9(2)(a) explicit consent; duty of Art. 32(1)(b) and (c)',
        retentionDays: 35,
        subjects: ['users'],
        categories: ['account', 'biometric', 'cognitive', 'erasure-request'],
        assessment: 'cognitive-and-biometric',
      },
      erasure:
        'Expires with the backups; an erasure is itself in the log, so a standby repeats it, and erasures are repeated after any restore and takeover',
    },
    'erasure-ledger': {
      description: 'Who was erased since the oldest backup, so that a restore does not bring them back',
      storage: 'The bucket of the backups, below /erasures',
      inBucket: true,
      since: 'phase-3',
      clusters: ['europe-west1', 'europe-west4'],
      dataClass: 'personal',
      processing: {
        purpose: 'Repeat erasures after a backup was restored',
        legalBasis: 'GDPR Art. 6(1)(c) legal obligation: Art. 17(1)',
        retentionDays: 42,
        subjects: ['users'],
        categories: ['erasure-request'],
      },
      erasure:
        'Expires by the rule of the bucket, a week after the last backup that could bring the person back has expired',
    },
  },
} satisfies DataProtection;
