import { scheduleText } from './schedule-text';

test.each([
  ['10 3 * * *', 'daily at 03:10, Europe/Amsterdam'],
  ['0 22 * * *', 'daily at 22:00, Europe/Amsterdam'],
  ['0 22 * * 0', 'at "0 22 * * 0", Europe/Amsterdam'],
  ['*/5 3 * * *', 'at "*/5 3 * * *", Europe/Amsterdam'],
])('%s is %s', (schedule, expected) => {
  expect(scheduleText(schedule, 'Europe/Amsterdam')).toBe(expected);
});
