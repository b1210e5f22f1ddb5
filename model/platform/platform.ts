import { z } from 'zod';
import { addonSchema } from './addon';
import { clusterSchema, machineSchema } from './cluster';
import { dnsLabel } from './fields';
import { resolvedImage } from './image';
import type { Named } from './named';
import type { PhaseId } from './phase';
import { workloadSchema } from './workload';

const priority = z.strictObject({
  /** Higher is scheduled first and may push lower ones off a full node. */
  value: z.int().max(1_000_000_000),
  description: z.string().min(10),
  preemptionPolicy: z.enum(['PreemptLowerPriority', 'Never']),
});

const settings = z.strictObject({
  /** `app.kubernetes.io/part-of`, prefix of shared objects. */
  name: dnsLabel,
  namespace: dnsLabel,
  /** Prefix of the platform's own labels and annotations. */
  labelDomain: z.string(),
  /** Public name of the front door. */
  domain: z.string(),
  /** Where images are pulled from. */
  registry: z.string(),
  /** Git repository that Argo CD reads. */
  repositoryUrl: z.string(),
});

export const platformSchema = z.strictObject({
  settings,
  workloads: z.record(dnsLabel, workloadSchema),
  clusters: z.record(dnsLabel, clusterSchema),
  machines: z.record(z.string(), machineSchema),
  images: z.record(z.string(), resolvedImage),
  priorities: z.record(dnsLabel, priority),
  addons: z.record(dnsLabel, addonSchema),
});

/** The whole platform as data: everything that is rendered comes from here. */
export type Platform = z.infer<typeof platformSchema>;
export type PriorityData = z.infer<typeof priority>;
export type Priority = Named<PriorityData>;
export type Settings = z.infer<typeof settings>;

/** Which phase each cluster runs; `none` where it runs nothing yet. */
export type Pins = ReadonlyMap<string, PhaseId | 'none'>;

/** The name by which workloads declare the front door as a caller. */
export const GATEWAY = 'gateway';
