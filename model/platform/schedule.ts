import * as z from 'zod';

/** The hours that the platform calls its peak; a cron floor keeps replicas through them. */
const hours = z
  .strictObject({
    /** Days of the week as cron writes them: `1-5` is Monday to Friday. */
    weekdays: z.string().regex(/^[0-6](-[0-6])?(,[0-6](-[0-6])?)*$/, 'are no days of the week'),
    /** Full hours, 0 to 23. */
    startHour: z.int().min(0).max(23),
    endHour: z.int().min(0).max(23),
  })
  .refine(({ startHour, endHour }) => startHour < endHour, {
    message: 'ends before it begins',
    params: { fix: 'write an endHour after the startHour, on the same day' },
  });

export const scheduleSchema = z.strictObject({
  /** IANA name. */
  timeZone: z.string(),
  peak: hours,
  /** When a cluster may be promoted: `off-peak` is every hour but the peak. Going back is always allowed. */
  promotion: z.enum(['off-peak', 'always']),
});

/** When the platform is busy, and when it may be changed. */
export type Schedule = z.infer<typeof scheduleSchema>;

/** The peak as the two schedules of a cron trigger: replicas rise at the first and may fall after the second. */
export function peakCron({ peak }: Schedule): { start: string; end: string } {
  return { start: `0 ${peak.startHour} * * ${peak.weekdays}`, end: `0 ${peak.endHour} * * ${peak.weekdays}` };
}
