import * as z from 'zod';
import { dnsLabel } from './fields';

/** How the public name finds a region, on clusters that take part in it. */
export const globalDnsSchema = z.strictObject({
  /** Region that serves while it can. */
  primaryRegion: z.string(),
  /** Workload whose ready endpoints say that a region can serve. */
  healthWorkload: dnsLabel,
  /** How long resolvers keep an answer, in seconds: the shortest time a failover takes. */
  ttlSeconds: z.int().min(5).max(300),
});
