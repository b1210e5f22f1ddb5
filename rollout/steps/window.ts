import type { Schedule } from '../../model/platform/schedule';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/**
 * Why a promotion must wait, with when it need not any more; undefined where it may begin. Going back is never asked.
 *
 * @param now ms since 1970
 */
export function closedWindow({ timeZone, peak, promotion }: Schedule, now: number): string | undefined {
  if (promotion === 'always') return undefined;
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', hour: 'numeric', hourCycle: 'h23' })
    .formatToParts(now)
    .map(({ type, value }) => [type, value] as const);
  const of = Object.fromEntries(parts) as Record<string, string>;
  const day = DAYS.indexOf(of.weekday ?? '');
  const hour = Number(of.hour);
  if (!daysOf(peak.weekdays).has(day) || hour < peak.startHour || hour >= peak.endHour) return undefined;
  return `it is the peak (${peak.startHour}:00 to ${peak.endHour}:00 in ${timeZone}), and promotions wait for its end`;
}

/** Days of a cron list such as `1-5` or `0,6`; 0 is Sunday. */
function daysOf(list: string): Set<number> {
  return new Set(
    list.split(',').flatMap((part) => {
      const [first = 0, last = first] = part.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    }),
  );
}
