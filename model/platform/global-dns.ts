import * as z from 'zod';
import { dnsLabel } from './fields';

/** How the public name finds a region, on clusters that take part in it. */
export const globalDnsSchema = z.strictObject({
  /** Region that serves while it can. */
  primaryRegion: z.string(),
  /**
   * Label under the domain: the clusters answer for `<subdomain>.<domain>` themselves, and the public names lead to one in
   * there by CNAME. Not for the domain itself, since regions ask each other for `localtargets-<name>`, its neighbour.
   */
  subdomain: dnsLabel,
  /** Cloud project with the zone that the domain's record stands in. */
  project: z.string(),
  /** Workload whose ready endpoints say that a region can serve. */
  healthWorkload: dnsLabel,
  /** How long resolvers keep an answer, in seconds: the shortest time a failover takes. */
  ttlSeconds: z.int().min(5).max(300),
});
