import * as z from 'zod';
import { named } from './named';
import type { Platform } from './platform';

/** Where on earth a cluster's nodes and disks are, and which data may be there (GDPR Articles 44 to 46). */
export const locationSchema = z.strictObject({
  /** Town or site. */
  place: z.string().min(2),
  country: z.string().regex(/^[A-Z]{2}$/, 'is no country code of ISO 3166-1, such as NL'),
  /** `trial`: for developers, with invented people only. */
  use: z.enum(['production', 'trial']),
  /** What makes a transfer lawful (Article 46), where the country is outside of the European Economic Area. */
  safeguard: z.string().min(5).optional(),
});

export type Location = z.infer<typeof locationSchema>;

/**
 * Where each region is, by its name on nodes: a value of `topology.kubernetes.io/region`. Every region that may hold
 * personal data is that of a cluster.
 */
export function locations({ clusters }: Pick<Platform, 'clusters'>): Readonly<Record<string, Location>> {
  return Object.fromEntries(named(clusters).map(({ region, location }) => [region, location]));
}
