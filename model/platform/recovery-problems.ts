import { Cron } from 'croner';
import { locations } from './location';
import { named } from './named';
import { isSince, type PhaseId } from './phase';
import type { Platform } from './platform';
import { runsOn } from './presence';
import { formatValue, type Problem, type Report } from './problems';
import type { Backup } from './recovery';
import { SOURCES, workloadFile } from './sources';
import { standbyProblems } from './standby-problems';
import type { CronJobWorkload, StatefulSetWorkload, Workload } from './workload';

/** A year with a leap day; a fixed one, so that the answer never depends on the day of the check. */
const YEAR = {
  start: new Date('2023-12-31T23:59:59Z'),
  secondDay: new Date('2024-01-02T00:00:00Z'),
  end: new Date('2025-01-01T00:00:00Z'),
};

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
  standbyProblems(platform, phases, report);
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
    if (gap === undefined) {
      const message = `or the time zone "${job.timeZone}" is none: nobody can say how often it runs`;
      const fix = 'write five fields of cron, and a name of the tz database';
      report(workloadFile(job.name), 'schedule', job.schedule, message, fix);
      return;
    }
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

/**
 * The longest time between two starts in a year, in minutes, with the hour by which the clock is put back where it is:
 * infinite where it starts less than twice, undefined where the schedule or the time zone is none.
 */
export function longestGapMinutes({
  schedule,
  timeZone,
}: Pick<CronJobWorkload, 'schedule' | 'timeZone'>): number | undefined {
  try {
    // By the clock on the wall: in UTC no hour is missing or comes twice, and the answer takes a tenth of the time.
    const cron = new Cron(schedule, { paused: true, timezone: 'UTC' });
    const isDaily = /^\S+\s+\S+\s+\*\s+\*\s+\*$/.test(schedule.trim());
    const end = isDaily ? YEAR.secondDay : YEAR.end;
    let longest = Number.NEGATIVE_INFINITY;
    let last = cron.nextRun(YEAR.start);
    while (last !== null && last < end) {
      const next = cron.nextRun(last);
      if (next === null) break;
      longest = Math.max(longest, next.getTime() - last.getTime());
      last = next;
    }
    const wall = longest === Number.NEGATIVE_INFINITY ? Number.POSITIVE_INFINITY : longest / 60_000;
    return offset(timeZone, '2024-01-01') === offset(timeZone, '2024-07-01') ? wall : wall + 60;
  } catch {
    return undefined;
  }
}

/** How far a zone is from UTC on a day, as text. */
function offset(timeZone: string, day: string): string | undefined {
  return new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(new Date(`${day}T12:00:00Z`))
    .find(({ type }) => type === 'timeZoneName')?.value;
}

/** A bucket that is lost together with its cluster is none, and one abroad is a transfer. */
function bucketProblems({ clusters, recovery, workloads }: Platform, phases: readonly PhaseId[], report: Report): void {
  for (const { name, region } of named(recovery.buckets)) {
    const key = `buckets.${name}`;
    const cluster = clusters[name];
    if (cluster === undefined) {
      report(SOURCES.recovery, key, name, 'is no cluster', `write one of ${Object.keys(clusters).join(', ')}`);
    } else if (cluster.region === region) {
      const message = `is the region of ${name} itself: backups would be lost together with what they are for`;
      report(SOURCES.recovery, `${key}.region`, region, message, 'choose another region');
    }
    if (locations({ clusters })[region]?.use !== 'production') {
      const message = 'is no region that may hold personal data';
      report(SOURCES.recovery, `${key}.region`, region, message, `choose the region of a production cluster`);
    }
  }
  const jobs = Object.values(recovery.stores).flatMap(({ backup }) => (backup === undefined ? [] : [backup.job]));
  for (const cluster of named(clusters)) {
    const { name, since, location, addons } = cluster;
    const isRendered = phases.some((phase) => isSince(since, phase));
    // A standby's store is a copy: it is backed up once the cluster takes over and its role says so.
    const backsUp = jobs.some((job) => workloads[job] !== undefined && runsOn(workloads[job], cluster));
    if (!backsUp || !isRendered || Object.hasOwn(recovery.buckets, name)) continue;
    if (location.use !== 'production' || addons === 'external') continue;
    report(SOURCES.recovery, `buckets.${name}`, undefined, 'is missing: stores there are never backed up', 'add it');
  }
}
