import { Cron } from 'croner';
import { named } from './named';
import { isSince, type PhaseId } from './phase';
import type { Platform } from './platform';
import { formatValue, type Problem } from './problems';
import type { Backup } from './recovery';
import { SOURCES, workloadFile } from './sources';
import type { CronJobWorkload, StatefulSetWorkload, Workload } from './workload';

type Report = (file: string, key: string, value: unknown, message: string, fix: string) => void;

/** A year with both changes of the clock and a leap day; a fixed one, so that the answer never depends on the day. */
const YEAR = { from: new Date('2024-01-01T00:00:00Z'), to: new Date('2025-01-01T00:00:00Z') };

/** Stores that nothing says how to recover, backups that come too seldom for what is promised, drills that prove nothing. */
export function recoveryProblems(platform: Platform, phases: readonly PhaseId[]): Problem[] {
  const { workloads, recovery, dataProtection } = platform;
  const problems: Problem[] = [];
  const report: Report = (file, key, value, message, fix) => {
    const text = formatValue(value);
    problems.push({ file, key, ...(text === undefined ? {} : { value: text }), message, fix });
  };
  for (const workload of named(workloads)) {
    if (workload.kind !== 'StatefulSet' || Object.hasOwn(recovery.stores, workload.name)) continue;
    const message = 'is missing: the workload has claims, and nobody says what may be lost of them';
    report(SOURCES.recovery, `stores.${workload.name}`, undefined, message, 'add rpoMinutes, rtoMinutes and backup');
  }
  for (const { name, rpoMinutes, rtoMinutes, backup } of named(recovery.stores)) {
    const store = workloads[name];
    if (store?.kind !== 'StatefulSet') {
      report(SOURCES.recovery, `stores.${name}`, name, 'is no StatefulSet', 'remove it, or write the name of one');
    } else if (backup !== undefined) {
      backupProblems({ ...store, name }, rpoMinutes, rtoMinutes, backup, workloads, report);
    }
  }
  bucketProblems(platform, phases, report);
  const kept = Math.max(0, ...Object.values(recovery.stores).map(({ backup }) => backup?.retentionDays ?? 0));
  const ledger = dataProtection.places['erasure-ledger']?.processing.retentionDays;
  if (kept > 0 && (ledger === undefined || ledger < kept)) {
    const message = `must outlive the backups, which are kept for ${kept} days: else erased people come back with one`;
    report(SOURCES.dataProtection, 'places.erasure-ledger', ledger, message, `keep it for ${kept} days or more`);
  }
  return problems;
}

function backupProblems(
  store: StatefulSetWorkload,
  rpoMinutes: number,
  rtoMinutes: number,
  backup: Backup,
  workloads: Readonly<Record<string, Omit<Workload, 'name'>>>,
  report: Report,
): void {
  const find = (field: 'job' | 'drill'): CronJobWorkload | undefined => {
    const name = backup[field];
    const found = workloads[name];
    if (found?.kind === 'CronJob') return { ...(found as CronJobWorkload), name };
    report(SOURCES.recovery, `stores.${store.name}.backup.${field}`, name, 'is no CronJob', 'write the name of one');
    return undefined;
  };
  const job = find('job');
  if (job !== undefined) {
    if (store.callers[job.name] === undefined) {
      const message = `lacks ${job.name}, which reads the backup from here`;
      report(workloadFile(store.name), 'callers', Object.keys(store.callers), message, `add '${job.name}': {}`);
    }
    const gap = longestGapMinutes(job);
    const late = Math.ceil((job.startingDeadlineSeconds + job.activeDeadlineSeconds) / 60);
    if (gap + late > rpoMinutes) {
      const message =
        `may leave ${gap + late} minutes between two backups (${gap} by the schedule, ${late} for a late start and a ` +
        `long run), but no more than ${rpoMinutes} may be lost`;
      report(workloadFile(job.name), 'schedule', job.schedule, message, 'run it more often, or raise the RPO');
    }
  }
  const drill = find('drill');
  if (drill !== undefined && drill.activeDeadlineSeconds > rtoMinutes * 60) {
    const message = `is more than the ${rtoMinutes} minutes in which the store is to be back: the drill would prove less`;
    const fix = `write ${rtoMinutes * 60} or less`;
    report(workloadFile(drill.name), 'activeDeadlineSeconds', drill.activeDeadlineSeconds, message, fix);
  }
}

/** The longest time between two starts in a year, in minutes: with the hour that the clock is put back. */
export function longestGapMinutes({ schedule, timeZone }: Pick<CronJobWorkload, 'schedule' | 'timeZone'>): number {
  const cron = new Cron(schedule, { paused: true, timezone: timeZone });
  let longest = 0;
  let last = cron.nextRun(YEAR.from);
  while (last !== null && last < YEAR.to) {
    const next = cron.nextRun(last);
    if (next === null) return Number.POSITIVE_INFINITY;
    longest = Math.max(longest, next.getTime() - last.getTime());
    last = next;
  }
  return last === null ? Number.POSITIVE_INFINITY : longest / 60_000;
}

/** A bucket that is lost together with its cluster is none, and one abroad is a transfer. */
function bucketProblems(
  { clusters, dataProtection, recovery }: Platform,
  phases: readonly PhaseId[],
  report: Report,
): void {
  for (const { name, region } of named(recovery.buckets)) {
    const key = `buckets.${name}`;
    const cluster = clusters[name];
    if (cluster === undefined) {
      report(SOURCES.recovery, key, name, 'is no cluster', `write one of ${Object.keys(clusters).join(', ')}`);
    } else if (cluster.region === region) {
      const message = `is the region of ${name} itself: backups would be lost together with what they are for`;
      report(SOURCES.recovery, `${key}.region`, region, message, 'choose another region');
    }
    if (dataProtection.regions[region]?.use !== 'production') {
      const message = 'is no region that may hold personal data';
      report(SOURCES.recovery, `${key}.region`, region, message, `choose one of regions in ${SOURCES.dataProtection}`);
    }
  }
  const backsUp = Object.values(recovery.stores).some(({ backup }) => backup !== undefined);
  for (const { name, region, since } of named(clusters)) {
    const isRendered = phases.some((phase) => isSince(since, phase));
    if (!backsUp || !isRendered || Object.hasOwn(recovery.buckets, name)) continue;
    if (dataProtection.regions[region]?.use !== 'production' || clusters[name]?.addons === 'external') continue;
    report(SOURCES.recovery, `buckets.${name}`, undefined, 'is missing: stores there are never backed up', 'add it');
  }
}
