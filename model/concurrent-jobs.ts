import { Cron } from 'croner';

/** The part of a CronJob's spec that says when its runs can be there. */
export interface JobTimes {
  readonly schedule?: string;
  readonly timeZone?: string;
  readonly suspend?: boolean;
  readonly concurrencyPolicy?: string;
  readonly startingDeadlineSeconds?: number;
  readonly jobTemplate?: { readonly spec?: { readonly activeDeadlineSeconds?: number } };
}

/** Seconds of the day in which a run can be there, on the clock of its time zone; `end` may be past midnight. */
interface Window {
  readonly start: number;
  readonly end: number;
}

const DAY = 86_400;
/** Any day does: only the hours and minutes of a schedule are looked at. In UTC no hour is missing or comes twice. */
const ANY_DAY = new Date('2024-01-01T00:00:00Z');

/**
 * Sets of CronJobs whose runs can be there at the same moment, as indices: whatever is largest for one of them is what
 * the nodes must have room for. From its time until the start is given up and the deadline ends it, a run may be there;
 * a job without both deadlines may be there always, and so may a suspended one, which people start. Days are not looked
 * at, so a job of Sundays counts every day. Times of two zones are not compared: there, all may meet all.
 *
 * On the night in which the clock is put forward, windows that reach over the change end an hour later than seen here.
 */
export function concurrentJobs(jobs: readonly JobTimes[]): number[][] {
  const always: number[] = [];
  const zones = new Map<string, { readonly job: number; readonly window: Window }[]>();
  jobs.forEach((job, index) => {
    const windows = windowsOf(job);
    if (windows === undefined) always.push(index);
    for (const window of windows ?? []) {
      const zone = job.timeZone ?? '';
      zones.set(zone, [...(zones.get(zone) ?? []), { job: index, window }]);
    }
  });
  // At the start of some window the most are there: one set for each, and every combination of zones.
  return [...zones.values()].reduce<number[][]>(
    (sets, entries) => {
      const moments = entries.map(({ window: { start } }) => [
        ...new Set(entries.filter(({ window }) => covers(window, start)).map(({ job }) => job)),
      ]);
      return sets.flatMap((set) => moments.map((moment) => [...set, ...moment]));
    },
    [always],
  );
}

function covers({ start, end }: Window, moment: number): boolean {
  return (start <= moment && moment < end) || moment + DAY < end;
}

/** Undefined where a run can be there at any time. */
function windowsOf(job: JobTimes): Window[] | undefined {
  const late = job.startingDeadlineSeconds;
  const length = job.jobTemplate?.spec?.activeDeadlineSeconds;
  // With "Allow" runs of one job pile up, and only the sum of pods knows how high.
  if (job.suspend === true || late === undefined || length === undefined || job.concurrencyPolicy === 'Allow') {
    return undefined;
  }
  if (late + length >= DAY) return undefined;
  const [minute, hour] = (job.schedule ?? '').trim().split(/\s+/);
  const starts: number[] = [];
  try {
    const cron = new Cron(`${minute ?? ''} ${hour ?? ''} * * *`, { paused: true, timezone: 'UTC' });
    let next = cron.nextRun(new Date(ANY_DAY.getTime() - 1000));
    while (next !== null && next.getTime() < ANY_DAY.getTime() + DAY * 1000) {
      starts.push((next.getTime() - ANY_DAY.getTime()) / 1000);
      next = cron.nextRun(next);
    }
  } catch {
    return undefined;
  }
  return starts.map((start) => ({ start, end: start + late + length }));
}
