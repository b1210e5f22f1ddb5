import type { Cluster } from '../model/platform/cluster';
import { EEA, type StoragePlace } from '../model/platform/data-protection';
import { locations } from '../model/platform/location';
import { named, type Named } from '../model/platform/named';
import { isSince, PHASE_IDS, type PhaseId } from '../model/platform/phase';
import type { Platform } from '../model/platform/platform';
import { claimsOf, type Claim, type DataClass, type Processing, type Workload } from '../model/platform/workload';
import type { Cell } from '../phases/render';
import { scheduleText } from './schedule-text';
import { storageKey } from './storage-key';

/** One line of the record of processing: an activity of a workload, or a place where data lies, on one cluster. */
export interface RecordRow {
  readonly cluster: string;
  readonly place: string;
  readonly activity: string;
  readonly isStored: boolean;
  readonly description: string;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly dataClass: DataClass;
  readonly subjects: string;
  readonly categories: string;
  readonly recipients: string;
  readonly transfers: string;
  readonly storage: string;
  readonly encryption: string;
  readonly timeLimit: string;
  readonly erasure: string;
  readonly assessment: string;
  readonly since: PhaseId;
}

const NOT_STORED = 'Not stored';

/**
 * The record of every production cluster, as its last phase has it; clusters for trials hold no data of real people.
 *
 * @param cells what is rendered: a workload that is not there has no row.
 */
export function recordRows(platform: Platform, cells: readonly Cell[]): RecordRow[] {
  return named(platform.clusters).flatMap((cluster) => {
    const cell = cells
      .filter((entry) => entry.cluster.name === cluster.name)
      .sort((left, right) => PHASE_IDS.indexOf(left.phase) - PHASE_IDS.indexOf(right.phase))
      .at(-1);
    if (cell === undefined || cluster.location.use !== 'production') return [];
    return [...workloadRows(platform, cell), ...placeRows(platform, cell)];
  });
}

function workloadRows(platform: Platform, { cluster, objects }: Cell): RecordRow[] {
  const owners = new Set(
    objects
      .filter(({ object: { kind } }) => ['Deployment', 'StatefulSet', 'CronJob'].includes(kind))
      .map(({ object }) => object.metadata.name),
  );
  return named(platform.workloads)
    .filter(({ name, dataClass }) => owners.has(name) && dataClass !== 'none')
    .flatMap((workload) => {
      const shared = sharedFields(platform, cluster, workload);
      const processed: RecordRow = {
        ...shared,
        activity: workload.name,
        isStored: false,
        storage: NOT_STORED,
        encryption: 'In memory only',
        timeLimit: workload.kind === 'CronJob' ? 'While a run lasts' : 'While a request or session lasts',
        erasure: 'Nothing remains to be erased',
      };
      const claims = claimsOf(workload);
      return claims.length === 0 ? [processed] : claims.map((claim) => claimRow(platform, cluster, workload, claim));
    });
}

function claimRow(platform: Platform, cluster: Cluster, workload: Workload, claim: Claim): RecordRow {
  const { className } = cluster.storage;
  const isScratch = workload.kind === 'CronJob';
  const storageClass = isScratch ? `${className}-scratch` : className;
  const key = storageKey(cluster.storage);
  return {
    ...sharedFields(platform, cluster, workload),
    activity: `${workload.name}/${claim.name}`,
    isStored: true,
    storage: `Disk of ${claim.size} for each pod, claim ${claim.name}, StorageClass ${storageClass}`,
    encryption: key === undefined ? `Not encrypted by StorageClass ${storageClass}` : `Encrypted with ${key}`,
    timeLimit: isScratch
      ? `While a run lasts, ${hours(workload.activeDeadlineSeconds)} at most`
      : days(workload.processing.retentionDays),
    erasure: isScratch ? 'The disk is deleted with the pod of the run' : erasureOf(platform, workload),
  };
}

/** Which jobs erase from a store, from when on. */
function erasureOf({ workloads, dataProtection }: Platform, { since }: Workload): string {
  const { jobs, erasureDeadlineDays } = dataProtection;
  const retention = workloads[jobs.retention];
  const begins = retention !== undefined && !isSince(retention.since, since) ? `From ${retention.since} on: ` : '';
  const at = retention?.kind === 'CronJob' ? ` (${scheduleText(retention.schedule, retention.timeZone)})` : '';
  return `${begins}${jobs.retention}${at} deletes what is past its time; ${jobs.erasure} erases a person on request, within ${erasureDeadlineDays} days`;
}

function placeRows(platform: Platform, { cluster, phase }: Cell): RecordRow[] {
  return named(platform.dataProtection.places)
    .filter(({ since, clusters, dataClass }) => {
      const isThere = clusters?.includes(cluster.name) ?? cluster.addons === 'managed';
      return isThere && isSince(since, phase) && dataClass !== 'none';
    })
    .map((place) => ({
      ...sharedFields(platform, cluster, place),
      activity: place.name,
      isStored: true,
      storage: inBucket(platform, cluster, place),
      encryption: place.inBucket === true ? bucketKey(platform, cluster) : diskKey(cluster),
      timeLimit: days(place.processing.retentionDays),
      erasure: place.erasure,
    }));
}

function inBucket(platform: Platform, { name }: Cluster, place: StoragePlace): string {
  const bucket = place.inBucket === true ? platform.recovery.buckets[name] : undefined;
  if (bucket === undefined) return place.storage;
  return `${place.storage}: ${bucket.url} in ${regionText(platform, bucket.region)}`;
}

function bucketKey({ recovery }: Platform, { name }: Cluster): string {
  return `Encrypted with ${recovery.buckets[name]?.encryptionKey ?? 'no key'}`;
}

function diskKey({ storage }: Cluster): string {
  const key = storageKey(storage);
  return key === undefined ? `Not encrypted by StorageClass ${storage.className}` : `Encrypted with ${key}`;
}

type Subject = Named<{
  readonly description: string;
  readonly since: PhaseId;
  readonly dataClass: DataClass;
  readonly processing: Processing;
}>;

function sharedFields(
  platform: Platform,
  cluster: Cluster,
  { description, since, dataClass, processing }: Subject,
): Omit<RecordRow, 'activity' | 'isStored' | 'storage' | 'encryption' | 'timeLimit' | 'erasure'> {
  const { dataProtection: data } = platform;
  const recipients = Object.values(data.recipients).filter(({ clusters }) => clusters?.includes(cluster.name) ?? true);
  const abroad = [cluster.location, ...recipients].flatMap((entry) =>
    EEA.has(entry.country)
      ? []
      : [`${'name' in entry ? entry.name : entry.place} (${entry.country}): ${entry.safeguard ?? 'no safeguard'}`],
  );
  return {
    cluster: cluster.name,
    place: regionText(platform, cluster.region),
    description,
    purpose: processing.purpose,
    legalBasis: processing.legalBasis,
    dataClass,
    subjects: (processing.subjects ?? []).map((name) => data.subjects[name] ?? name).join('; '),
    categories: (processing.categories ?? []).map((name) => data.categories[name]?.description ?? name).join('; '),
    recipients: recipients.length === 0 ? 'None' : recipients.map(({ name, role }) => `${name} (${role})`).join('; '),
    transfers: abroad.length === 0 ? 'None' : abroad.join('; '),
    assessment: processing.assessment ?? 'Not required',
    since,
  };
}

/** A region with the town and the country that it is in. */
export function regionText(platform: Platform, region: string): string {
  const found = locations(platform)[region];
  return found === undefined ? region : `${region} (${found.place}, ${found.country})`;
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}

function hours(seconds: number): string {
  return `${Math.ceil(seconds / 3600)} hours`;
}
