import { concurrentJobs, type JobTimes } from './concurrent-jobs';

/** A job that starts at a time of day and may be there for so many minutes, lateness included. */
function job(schedule: string, minutes: number, more: Partial<JobTimes> = {}): JobTimes {
  return {
    schedule,
    timeZone: 'Europe/Amsterdam',
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: 600,
    jobTemplate: { spec: { activeDeadlineSeconds: minutes * 60 - 600 } },
    ...more,
  };
}

/** Whether two jobs can be there at the same moment. */
const meet = (...jobs: JobTimes[]): boolean => concurrentJobs(jobs).some((set) => set.length === jobs.length);

test.each<[string, boolean, JobTimes, JobTimes]>([
  ['one ends before the other begins', false, job('0 1 * * *', 60), job('0 2 * * *', 60)],
  ['one is still there when the other begins', true, job('0 1 * * *', 61), job('0 2 * * *', 60)],
  ['one reaches over midnight into the other', true, job('0 22 * * *', 420), job('10 3 * * *', 60)],
  ['one reaches over midnight, not as far as the other', false, job('0 22 * * *', 300), job('10 3 * * *', 60)],
  ['several runs a day, one of them meets', true, job('15 0,6,12,18 * * *', 120), job('0 13 * * *', 30)],
  ['several runs a day, none meets', false, job('15 */6 * * *', 105), job('30 8 * * 0', 210)],
  ['days are not looked at', true, job('0 1 * * 0', 60), job('0 1 * * 3', 60)],
  ['one is suspended, so people start it', true, job('0 1 * * *', 60), job('0 5 * * *', 60, { suspend: true })],
  ['times of two zones are not compared', true, job('0 1 * * *', 60), job('0 5 * * *', 60, { timeZone: 'Asia/Tokyo' })],
])('%s: %s', (_, expected, left, right) => {
  expect(meet(left, right)).toBe(expected);
  expect(meet(right, left)).toBe(expected);
});

test.each<[string, Partial<JobTimes>]>([
  ['no deadline of a run', { jobTemplate: { spec: {} } }],
  ['no time after which a start is given up', { startingDeadlineSeconds: undefined } as unknown as Partial<JobTimes>],
  ['runs that pile up', { concurrencyPolicy: 'Allow' }],
  ['a schedule that is none', { schedule: 'now and then' }],
  ['a run of a whole day', { jobTemplate: { spec: { activeDeadlineSeconds: 86_400 } } }],
])('%s: it may be there at any time', (_, more) => {
  expect(meet(job('0 1 * * *', 60, more), job('0 12 * * *', 60))).toBe(true);
});

test('three jobs of which two meet at a time make sets of two', () => {
  const sets = concurrentJobs([job('0 1 * * *', 90), job('0 2 * * *', 90), job('0 3 * * *', 90)]);
  expect(Math.max(...sets.map(({ length }) => length))).toBe(2);
});

test('no job makes one empty set', () => {
  expect(concurrentJobs([])).toEqual([[]]);
});
