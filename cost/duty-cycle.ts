import { Cron } from 'croner';
import { asNumber, at, textAt } from '../model/manifest/access';
import type { PodOwner } from '../model/pod-owners';

/** The part of the time that something runs, as an exact fraction. */
export interface DutyCycle {
  readonly seconds: bigint;
  readonly of: bigint;
}

const YEAR_SECONDS = 365 * 86_400;
/** Any whole year will do: the days of the month and of the week must only come round. */
const START = new Date('2026-01-01T00:00:00Z');
/** More runs than this are counted from the time that these take. */
const MOST_RUNS = 1500;

/**
 * How much of the time the pods of a Job run, by the schedule and the deadline of a run; nobody knows how long a run
 * takes, so the deadline is the upper bound. Without one it is counted as running all the time.
 */
export function dutyCycleOf({ object }: PodOwner): DutyCycle {
  const always = { seconds: 1n, of: 1n };
  if (object.kind !== 'CronJob') return always;
  if (at(object, 'spec', 'suspend') === true) return { seconds: 0n, of: 1n };
  const deadline = asNumber(at(object, 'spec', 'jobTemplate', 'spec', 'activeDeadlineSeconds'));
  const runs = runsPerYear(textAt(object, 'spec', 'schedule') ?? '', textAt(object, 'spec', 'timeZone'));
  if (deadline === undefined || runs === undefined) return always;
  const seconds = Math.min(runs * deadline, YEAR_SECONDS);
  return { seconds: BigInt(Math.ceil(seconds)), of: BigInt(YEAR_SECONDS) };
}

function runsPerYear(schedule: string, timezone: string | undefined): number | undefined {
  try {
    const cron = new Cron(schedule, { paused: true, timezone: timezone ?? 'Etc/UTC' });
    const runs = cron.nextRuns(MOST_RUNS, START).map((run) => (run.getTime() - START.getTime()) / 1000);
    const last = runs.at(-1) ?? 0;
    if (runs.length === MOST_RUNS && last < YEAR_SECONDS) return (MOST_RUNS * YEAR_SECONDS) / last;
    return runs.filter((run) => run <= YEAR_SECONDS).length;
  } catch {
    // A schedule that can't be read is a finding of aia check.
    return undefined;
  }
}
