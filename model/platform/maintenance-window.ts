import type { Schedule } from './schedule';

/** A daily window in UTC, in minutes from midnight of the day it opens; its end may lie on the next day. */
export interface MaintenanceWindow {
  readonly startMinute: number;
  readonly endMinute: number;
}

/** GKE takes no window below four hours ("Maintenance windows and exclusions", read November 2026). */
export const SHORTEST_WINDOW_MINUTES = 4 * 60;

/**
 * The night between two peaks, as the cloud counts it: in UTC, which knows no summer time. So it opens when the peak
 * is over in winter as in summer, and closes before it begins in either.
 *
 * @throws RangeError where the time zone is none.
 */
export function maintenanceWindow({ timeZone, peak }: Schedule): MaintenanceWindow {
  const offsets = [utcOffset(timeZone, 0), utcOffset(timeZone, 6)];
  return {
    startMinute: peak.endHour * 60 - Math.min(...offsets),
    endMinute: (24 + peak.startHour) * 60 - Math.max(...offsets),
  };
}

/** Minutes by which a zone's clocks are ahead of UTC on the first day of a month; the year is any. */
function utcOffset(timeZone: string, month: number): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(
    Date.UTC(2026, month, 1),
  );
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /^GMT([+-])(\d{2}):(\d{2})$/.exec(text) ?? [];
  return hours === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
