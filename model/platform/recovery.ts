import * as z from 'zod';
import { externalSchema } from './external';
import { dnsLabel } from './fields';

const backup = z.strictObject({
  /** CronJob that makes a backup, and the one that restores the latest to prove that it can be. */
  job: dnsLabel,
  drill: dnsLabel,
  /** Days until a backup is deleted. Erased data stays in backups that long, out of use. */
  retentionDays: z.int().min(1),
});

const store = z
  .strictObject({
    /** What may be lost at most: minutes between the last backup that can be restored and the accident. */
    rpoMinutes: z.int().min(1),
    /** Minutes until the store answers again. */
    rtoMinutes: z.int().min(1),
    backup: backup.optional(),
    /** Why nothing is backed up. */
    withoutBackup: z.string().min(10).optional(),
  })
  .refine((entry) => (entry.backup === undefined) !== (entry.withoutBackup === undefined), {
    message: 'needs exactly one of backup and withoutBackup',
    params: { fix: 'write how it is backed up, or why it is not' },
  });

/** The bucket of one cluster; backups lie below `/<store>`, the ledger of erasures below `/erasures`. */
const bucket = z.strictObject({
  url: z.string().regex(/^[a-z0-9]+:\/\/[^/]+$/, 'is no bucket, such as gs://my-bucket'),
  /** Where the bucket lies: not where the cluster does. */
  region: z.string(),
  encryptionKey: z.string().min(3),
});

export const recoverySchema = z.strictObject({
  /** By workload that has claims. */
  stores: z.record(dnsLabel, store),
  /** By cluster. A cluster without one makes no backups: its jobs are suspended. */
  buckets: z.record(dnsLabel, bucket),
  /** Hosts outside the cluster that jobs reach for the bucket. */
  objectStorage: z.record(dnsLabel, externalSchema),
});

/** What may be lost and for how long, and what is done against it. */
export type Recovery = z.infer<typeof recoverySchema>;
export type Backup = z.infer<typeof backup>;
export type Bucket = z.infer<typeof bucket>;

/** What a CronJob does for data protection and recovery; everything that it is given derives from this. */
export interface BackupTask {
  readonly kind: 'backup' | 'drill';
  readonly store: string;
  readonly rpoMinutes: number;
  readonly backup: Backup;
}

/** The store that a CronJob backs up or restores for the drill; undefined where it does neither. */
export function backupTask({ stores }: Recovery, job: string): BackupTask | undefined {
  for (const [name, { backup: entry, rpoMinutes }] of Object.entries(stores)) {
    if (entry === undefined || (entry.job !== job && entry.drill !== job)) continue;
    return { kind: entry.job === job ? 'backup' : 'drill', store: name, rpoMinutes, backup: entry };
  }
  return undefined;
}

/** Whether a job reads or writes the bucket of its cluster: backups, drills, and erasures, which keep a ledger there. */
export function usesBucket(
  { recovery, dataProtection: { jobs } }: { recovery: Recovery; dataProtection: { jobs: { erasure: string } } },
  job: string,
): boolean {
  return job === jobs.erasure || backupTask(recovery, job) !== undefined;
}
