import * as z from 'zod';
import { dnsLabel } from './fields';
import { phaseId } from './phase';
import { dataClass, processingSchema } from './workload';

/**
 * Countries of the European Economic Area, ISO 3166-1: where data goes without a transfer to a third country (GDPR
 * Articles 44 to 46). The 27 members of the Union, and Iceland, Liechtenstein and Norway.
 */
export const EEA: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
);

const country = z.string().regex(/^[A-Z]{2}$/, 'is no country code of ISO 3166-1, such as NL');

const contact = z.strictObject({ name: z.string().min(2), address: z.string().min(2), email: z.email() });

/** A place where nodes or disks may hold personal data: a value of `topology.kubernetes.io/region` on nodes. */
const region = z.strictObject({
  /** Town or site. */
  place: z.string().min(2),
  country,
  /** `trial`: for developers, with invented people only. Pods elsewhere are never placed there. */
  use: z.enum(['production', 'trial']),
  /** What makes a transfer lawful (Article 46), where the country is outside of the European Economic Area. */
  safeguard: z.string().min(5).optional(),
});

const recipient = z.strictObject({
  name: z.string().min(2),
  role: z.enum(['processor', 'controller', 'authority']),
  /** What it gets the data for. */
  receives: z.string().min(10),
  /** Clusters whose data it gets; left out: all. */
  clusters: z.array(dnsLabel).min(1).optional(),
  country,
  /** The contract of Article 28, or the law. */
  agreement: z.string().min(3),
  safeguard: z.string().min(5).optional(),
});

/** Where data lies beside the claims of workloads: add-ons and buckets, which others render. */
const storagePlace = z.strictObject({
  description: z.string().min(10),
  /** Volume, bucket or other thing that holds it. */
  storage: z.string().min(5),
  /** It lies in the bucket of the cluster; left out: on a disk of its StorageClass. */
  inBucket: z.boolean().optional(),
  since: phaseId,
  /** Clusters that have it; left out: all that the platform's add-ons are installed on. */
  clusters: z.array(dnsLabel).min(1).optional(),
  dataClass,
  processing: processingSchema,
  /** How the data of one person, and what is past its time, goes. */
  erasure: z.string().min(10),
});

export const dataProtectionSchema = z.strictObject({
  /** Who decides why and how data is processed, and its data protection officer: Article 30(1)(a). */
  controller: contact,
  dataProtectionOfficer: contact,
  /** Regions that may hold personal data, by their name on nodes. */
  regions: z.record(z.string(), region),
  /** Article 30(1)(c). */
  subjects: z.record(dnsLabel, z.string().min(5)),
  categories: z.record(dnsLabel, z.strictObject({ description: z.string().min(5), special: z.boolean() })),
  /** Article 30(1)(d) and (e). */
  recipients: z.record(dnsLabel, recipient),
  /** Article 30(1)(g), with Article 32(1). */
  securityMeasures: z.array(z.string().min(10)).min(1),
  /** Impact assessments: Article 35. */
  assessments: z.record(dnsLabel, z.strictObject({ title: z.string().min(5), reference: z.string().min(5) })),
  /** The CronJobs that keep the promises of the record; both are declared callers of every store. */
  jobs: z.strictObject({ retention: dnsLabel, erasure: dnsLabel }),
  /** Days in which a request for erasure is done; Article 12(3) allows one month. */
  erasureDeadlineDays: z.int().min(1).max(30),
  places: z.record(dnsLabel, storagePlace),
});

/** What the record of processing activities needs to know beside the workloads. */
export type DataProtection = z.infer<typeof dataProtectionSchema>;
export type StoragePlace = z.infer<typeof storagePlace>;

/**
 * Regions where a cluster's pods with personal data may run: all of production; a cluster for trials stays in its own.
 */
export function allowedRegions({ regions }: DataProtection, clusterRegion: string): string[] {
  if (regions[clusterRegion]?.use === 'trial') return [clusterRegion];
  return Object.keys(regions)
    .filter((name) => regions[name]?.use === 'production')
    .sort();
}
