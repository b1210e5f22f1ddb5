import type { Platform } from '../model/platform/platform';

/** The public name leads to the full region while it can serve, and to the standby when it can't. */
export const globalDns = {
  primaryRegion: 'europe-west4',
  healthWorkload: 'cognitive-health',
  ttlSeconds: 30,
} satisfies Platform['globalDns'];
