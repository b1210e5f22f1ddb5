import type { Schedule } from '../model/platform/schedule';

/** Peak hours of the users, most of whom are in Europe (platform design, section 2.1, August 2026). */
export const schedule = {
  timeZone: 'Europe/Amsterdam',
  peak: { weekdays: '1-5', startHour: 7, endHour: 20 },
  promotion: 'off-peak',
} satisfies Schedule;
