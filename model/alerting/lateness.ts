import { Cron } from 'croner';
import type { CronJobWorkload } from '../platform/workload';

/** Stretches of a year to look at: an ordinary one, and those in which Europe and America change their clocks. */
const STRETCHES = ['2026-01-01', '2026-03-05', '2026-10-20'].map((day) => new Date(`${day}T00:00:00Z`));
const STRETCH_MS = 28 * 86_400_000;
/** A schedule that is rarer than the stretch is long has gaps all the same. */
const FEWEST_RUNS = 3;

/** Asking the calendar takes longer than the rest of the rules together, and every phase asks the same. */
const gaps = new Map<string, number>();

type Schedule = Pick<CronJobWorkload, 'schedule' | 'timeZone' | 'startingDeadlineSeconds' | 'activeDeadlineSeconds'>;

/**
 * Seconds since its last success after which a job is late, whatever happened: the longest gap between two runs, the time
 * in which a run may still start, and the time it may take.
 */
export function lateSeconds(job: Schedule): number {
  const key = `${job.schedule} ${job.timeZone}`;
  const gap = gaps.get(key) ?? Math.max(...STRETCHES.map((begin) => longestGap(job, begin)));
  gaps.set(key, gap);
  return gap + job.startingDeadlineSeconds + job.activeDeadlineSeconds;
}

/** Seconds. In the night in which the clock is put back, a daily job waits 25 hours. */
function longestGap({ schedule, timeZone }: Schedule, begin: Date): number {
  const cron = new Cron(schedule, { timezone: timeZone, paused: true });
  const end = begin.getTime() + STRETCH_MS;
  let longest = 0;
  let last = cron.nextRun(begin);
  for (let runs = 1; last !== null && (runs < FEWEST_RUNS || last.getTime() < end); runs += 1) {
    const next: Date | null = cron.nextRun(last);
    if (next !== null) longest = Math.max(longest, (next.getTime() - last.getTime()) / 1000);
    last = next;
  }
  return longest;
}
