import * as z from 'zod';
import { externalSchema } from './external';
import { dnsLabel } from './fields';
import { isSince, phaseId } from './phase';
import type { Place } from './presence';

const backup = z.strictObject({
  /** CronJob that makes a backup, and the one that restores the latest to prove that it can be. */
  job: dnsLabel,
  drill: dnsLabel,
  /** Days until a backup is deleted. Erased data stays in backups that long, out of use. */
  retentionDays: z.int().min(1),
});

/** The write-ahead log in the bucket of the cluster that writes it: what the store of a standby region reads. */
const archive = z.strictObject({
  since: phaseId,
  /** Seconds after which a part of the log goes to the bucket though it is not full. */
  timeoutSeconds: z.int().min(1).max(3600),
  /**
   * Seconds between two checkpoints. After a start Postgres looks at the timeout for the first time when the first one is
   * due, so that this counts instead where it is longer. Postgres takes 30 or more.
   */
  checkpointSeconds: z.int().min(30).max(3600),
  /** Seconds in which it is there: what counts beside the timeout in what may be lost. */
  uploadAllowanceSeconds: z.int().min(1),
});

/** What holds when a whole region is lost, and the standby region takes over. */
const regionLoss = z.strictObject({ rpoMinutes: z.int().min(1), rtoMinutes: z.int().min(1) });

const store = z
  .strictObject({
    /** What may be lost at most: minutes between the last backup that can be restored and the accident. */
    rpoMinutes: z.int().min(1),
    /** Minutes until the store answers again. */
    rtoMinutes: z.int().min(1),
    backup: backup.optional(),
    /** Why nothing is backed up. */
    withoutBackup: z.string().min(10).optional(),
    archive: archive.optional(),
    regionLoss: regionLoss.optional(),
  })
  .refine((entry) => (entry.backup === undefined) !== (entry.withoutBackup === undefined), {
    message: 'needs exactly one of backup and withoutBackup',
    params: { fix: 'write how it is backed up, or why it is not' },
  })
  .refine((entry) => (entry.archive === undefined) === (entry.regionLoss === undefined), {
    message: 'needs archive and regionLoss together: the one is how, the other what for',
    params: { fix: 'write both or none' },
  })
  .refine((entry) => entry.archive === undefined || entry.backup !== undefined, {
    message: 'has an archive but no backup, and a standby begins with a backup',
    params: { fix: 'add backup, or remove archive and regionLoss' },
  });

/**
 * The bucket of one cluster; backups lie below `/<store>`, its archive below `/<store>/wal`, the ledger of erasures below
 * `/erasures`, and `/fences/<store>` is there when another region has taken over.
 */
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
export type Archive = z.infer<typeof archive>;

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

/** Where a store puts its write-ahead log, and where it reads that of the region it follows. */
export interface Archiving {
  readonly archive: Archive;
  /** Bucket of its own cluster; undefined where the cluster has none. */
  readonly writes: Bucket | undefined;
  /** Bucket of the cluster that it follows; undefined unless its own stands by. */
  readonly follows: Bucket | undefined;
}

/** How a store archives at a place; undefined where it doesn't, or not yet, or where there is no bucket. */
export function archivingOf({ platform, cluster, phase }: Place, store: string): Archiving | undefined {
  const { stores, buckets } = platform.recovery;
  const archive = stores[store]?.archive;
  if (archive === undefined || !isSince(archive.since, phase)) return undefined;
  const writes = buckets[cluster.name];
  const follows = cluster.role === 'standby' && cluster.follows !== undefined ? buckets[cluster.follows] : undefined;
  return writes === undefined && follows === undefined ? undefined : { archive, writes, follows };
}

/**
 * Whether a workload reads or writes a bucket: backups, drills, erasures, which keep a ledger there, and stores that
 * archive.
 */
export function usesBucket(place: Place, workload: string): boolean {
  const { recovery, dataProtection } = place.platform;
  if (archivingOf(place, workload) !== undefined) return true;
  const isTask = workload === dataProtection.jobs.erasure || backupTask(recovery, workload) !== undefined;
  return isTask && recovery.buckets[place.cluster.name] !== undefined;
}
