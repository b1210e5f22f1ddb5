import { platform } from '../../platform/platform';
import type { Platform } from './platform';
import { formatProblem } from './problems';
import { longestGapMinutes, recoveryProblems } from './recovery-problems';
import type { CronJobWorkload } from './workload';

const messages = (change: (data: Platform) => void): string[] => {
  const changed = structuredClone(platform);
  change(changed);
  return recoveryProblems(changed, ['phase-1', 'phase-2', 'phase-3']).map(formatProblem);
};

function job(data: Platform, name: string): CronJobWorkload {
  const found = data.workloads[name];
  if (found?.kind !== 'CronJob') throw new Error(`no CronJob ${name}`);
  return found as CronJobWorkload;
}

function store(data: Platform): Platform['recovery']['stores'][string] {
  const found = data.recovery.stores['neural-store'];
  if (found === undefined) throw new Error('no neural-store');
  return found;
}

test("the platform's own stores can be recovered as promised", () => {
  expect(messages(() => undefined)).toEqual([]);
});

/** The night of 27 October 2024 has 25 hours in Amsterdam; UTC has no such night. */
test.each([
  ['15 0,6,12,18 * * *', 'Etc/UTC', 360],
  ['15 0,6,12,18 * * *', 'Europe/Amsterdam', 420],
  ['0 3 * * *', 'Europe/Amsterdam', 25 * 60],
  ['0 3 * * 1-5', 'Etc/UTC', 3 * 24 * 60],
  ['0 0 30 2 *', 'Etc/UTC', Number.POSITIVE_INFINITY],
  ['soon', 'Etc/UTC', undefined],
  ['0 3 * * *', 'Europe/Atlantis', undefined],
])('between two starts of "%s" in %s lie %s minutes at most', (schedule, timeZone, expected) => {
  expect(longestGapMinutes({ schedule, timeZone })).toBe(expected);
});

test('an RPO is held against the schedule, a late start and a long run: 420 + 15 + 90 minutes', () => {
  expect(messages((data) => (store(data).rpoMinutes = 525))).toEqual([]);
  expect(messages((data) => (store(data).rpoMinutes = 524))).toEqual([
    expect.stringMatching(
      /neural-store-backup\.ts: schedule: "15 0,6,12,18 \* \* \*" may leave 525 minutes.*no more than 524 may be lost/,
    ),
  ]);
});

test.each<[string, (data: Platform) => void, RegExp]>([
  [
    'a store that nobody speaks of',
    (data) => delete data.recovery.stores['cognitive-cache'],
    /recovery\.ts: stores\.cognitive-cache is missing/,
  ],
  [
    'a schedule that is none',
    (data) => (job(data, 'neural-store-backup').schedule = '61 * * * *'),
    /neural-store-backup\.ts: schedule: "61 \* \* \* \*" or the time zone/,
  ],
  [
    'a drill that may take longer than the RTO',
    (data) => (job(data, 'neural-store-restore-drill').activeDeadlineSeconds = 14_401),
    /neural-store-restore-drill\.ts: activeDeadlineSeconds: 14401 is more than the 240 minutes/,
  ],
  [
    'a backup that the store does not let in',
    (data) => delete data.workloads['neural-store']?.callers['neural-store-backup'],
    /neural-store\.ts: callers: .*lacks neural-store-backup/,
  ],
  [
    'backups where the cluster is',
    (data) => {
      const bucket = data.recovery.buckets['europe-west4'];
      if (bucket) bucket.region = 'europe-west4';
    },
    /recovery\.ts: buckets\.europe-west4\.region: "europe-west4" is the region of europe-west4 itself/,
  ],
  [
    'backups where no data may be',
    (data) => {
      const bucket = data.recovery.buckets['europe-west4'];
      if (bucket) bucket.region = 'us-east1';
    },
    /recovery\.ts: buckets\.europe-west4\.region: "us-east1" is no region that may hold personal data/,
  ],
  [
    'a cluster of production without a bucket',
    (data) => delete data.recovery.buckets['europe-west4'],
    /recovery\.ts: buckets\.europe-west4 is missing: stores there are never backed up/,
  ],
  [
    'a ledger that forgets before the backups do',
    (data) => {
      const ledger = data.dataProtection.places['erasure-ledger'];
      if (ledger) ledger.processing.retentionDays = 34;
    },
    /data-protection\.ts: places\.erasure-ledger: 34 must outlive the backups, which are kept for 35 days/,
  ],
])('%s is refused', (_, change, expected) => {
  expect(messages(change)).toContainEqual(expect.stringMatching(expected));
});
