import type { Recovery } from '../model/platform/recovery';

/**
 * What may be lost and for how long (RPO, RTO), store by store. The schedule of a backup is held against its RPO, the
 * deadline of its drill against its RTO. The figures are our proposal, made without knowing AIA's contracts.
 */
export const recovery = {
  stores: {
    'neural-store': {
      // Both copies lost, or a mistake that both have: the loss of one pod costs nothing but time.
      rpoMinutes: 12 * 60,
      rtoMinutes: 4 * 60,
      backup: { job: 'neural-store-backup', drill: 'neural-store-restore-drill', retentionDays: 35 },
      // The whole region lost: the standby follows the write-ahead log, through the bucket of the region that writes it.
      regionLoss: { rpoMinutes: 5, rtoMinutes: 60 },
      archive: { since: 'phase-3', timeoutSeconds: 60, checkpointSeconds: 120, uploadAllowanceSeconds: 120 },
    },
    'cognitive-cache': {
      // What a lost session is worth.
      rpoMinutes: 24 * 60,
      rtoMinutes: 15,
      withoutBackup: 'State of sessions: people begin a new one, and what counts is in the neural store',
    },
  },
  // In the other region each: what takes a region away must not take its backups.
  buckets: {
    'europe-west4': {
      url: 'gs://aia-example-backups-europe-west4',
      region: 'europe-west1',
      encryptionKey: 'projects/aia-example/locations/europe-west1/keyRings/aia/cryptoKeys/backups',
    },
    'europe-west1': {
      url: 'gs://aia-example-backups-europe-west1',
      region: 'europe-west4',
      encryptionKey: 'projects/aia-example/locations/europe-west4/keyRings/aia/cryptoKeys/backups',
    },
  },
  objectStorage: {
    'object-storage': { hosts: ['storage.googleapis.com'], port: 443 },
    // Workload Identity: where a pod gets its token for the bucket. The address and port with Dataplane V2
    // (https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity, 2026).
    'cloud-metadata': {
      hosts: ['metadata.google.internal'],
      port: 80,
      protocol: 'HTTP',
      cidrs: ['169.254.169.254/32'],
    },
  },
} satisfies Recovery;
