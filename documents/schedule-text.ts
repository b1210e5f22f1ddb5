/** A schedule that runs once a day at a fixed time, in words; any other as cron writes it. */
export function scheduleText(schedule: string, timeZone: string): string {
  const [minute = '', hour = '', ...days] = schedule.trim().split(/\s+/);
  const isDaily = /^\d+$/.test(minute) && /^\d+$/.test(hour) && days.every((field) => field === '*');
  const time = isDaily ? `daily at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` : `at "${schedule}"`;
  return `${time}, ${timeZone}`;
}
