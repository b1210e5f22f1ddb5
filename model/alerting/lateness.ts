import { Cron } from 'croner';
import type { CronJobWorkload } from '../platform/workload';

/** A day from which the gaps of a schedule are looked at; a year of a daily one crosses both changes of the clock. */
const BEGIN = new Date('2026-01-01T00:00:00Z');
const RUNS = 400;

/**
 * Seconds since its last success after which a job is late, whatever happened: the longest gap between two runs, the time
 * in which a run may still start, and the time it may take.
 */
export function lateSeconds(
  job: Pick<CronJobWorkload, 'schedule' | 'timeZone' | 'startingDeadlineSeconds' | 'activeDeadlineSeconds'>,
): number {
  const runs = new Cron(job.schedule, { timezone: job.timeZone, paused: true }).nextRuns(RUNS, BEGIN);
  const gaps = runs.slice(1).map((run, index) => (run.getTime() - (runs[index]?.getTime() ?? 0)) / 1000);
  return Math.max(0, ...gaps) + job.startingDeadlineSeconds + job.activeDeadlineSeconds;
}
