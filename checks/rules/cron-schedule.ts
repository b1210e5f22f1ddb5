import { Cron } from 'croner';
import { asNumber, asRecord, textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const MACROS = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/;
/** Only what Kubernetes knows: croner also takes seconds, years, L, W and #. */
const FIELDS = /^[\d*,/?A-Za-z-]+$/;
/** The controller looks every 10 seconds; with a shorter deadline it may miss every start. */
const LEAST_DEADLINE = 10;

const JOB =
  'jobTemplate:\n  spec:\n    template:\n      spec:\n        restartPolicy: Never\n        containers:\n          - name: tidy\n            image: registry.example.org/tidy:1.0.0';

/** A schedule or time zone that never comes. */
export const cronSchedule: Rule = {
  id: 'cron-schedule',
  title: 'schedules and time zones of CronJobs are valid',
  severity: 'error',
  why: 'The API server refuses the CronJob, or it never runs.',
  fix: 'write five fields: minute, hour, day of month, month, day of week (0 to 6, 0 is Sunday)',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax'],
  kinds: ['CronJob'],
  check(object, report) {
    const spec = asRecord(object.spec);
    const schedule = textAt(spec, 'schedule');
    if (schedule !== undefined) {
      const fault = scheduleFault(schedule);
      if (fault)
        report(
          ['spec', 'schedule'],
          `is "${schedule}": ${fault}`,
          schedule.includes('TZ=') ? { fix: 'write the zone into spec.timeZone' } : {},
        );
    }
    const zone = textAt(spec, 'timeZone');
    if (zone !== undefined && !isTimeZone(zone)) {
      report(['spec', 'timeZone'], `is "${zone}", which is no time zone`, {
        fix: 'write a name of the tz database, such as Europe/Amsterdam or Etc/UTC',
      });
    }
    const deadline = asNumber(spec?.startingDeadlineSeconds);
    if (deadline !== undefined && deadline < LEAST_DEADLINE) {
      report(
        ['spec', 'startingDeadlineSeconds'],
        `is ${deadline}, less than the 10 s between two looks of the controller`,
        { severity: 'warning', fix: 'write 60 or more' },
      );
    }
  },
  samples: {
    pass: sampleObject('batch/v1', 'CronJob', `schedule: "10 3 * * 1-5"\ntimeZone: Europe/Amsterdam\n${JOB}`),
    fail: sampleObject('batch/v1', 'CronJob', `schedule: "10 25 * * *"\n${JOB}`),
  },
};

/** Why Kubernetes would not take the schedule. */
export function scheduleFault(schedule: string): string | undefined {
  if (schedule.includes('TZ=')) return 'a time zone does not belong here';
  if (schedule.startsWith('@')) return MACROS.test(schedule) ? undefined : 'there is no such name for a schedule';
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== 5) return `it has ${fields.length} fields instead of five`;
  if (!fields.every((field) => FIELDS.test(field)) || /[LW]/.test(fields[2] ?? ''))
    return 'it has signs that Kubernetes does not know';
  if (/(^|[,-])7/.test(fields[4] ?? '')) return 'Sunday is 0, there is no day 7';
  let next: Date | null;
  try {
    // A fixed start: the answer must not depend on the day of the check.
    next = new Cron(fields.join(' '), { paused: true, timezone: 'UTC' }).nextRun(new Date('2024-01-01T00:00:00Z'));
  } catch (error) {
    return `it is not valid (${error instanceof Error ? error.message.replace(/^.*?: /, '') : 'unknown reason'})`;
  }
  return next === null ? 'that day never comes' : undefined;
}

function isTimeZone(zone: string): boolean {
  if (zone === '' || zone.toLowerCase() === 'local') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
