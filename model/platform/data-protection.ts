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
