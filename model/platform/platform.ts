import { z } from 'zod';
import { addonSchema } from './addon';
import { chartSchema } from './chart';
import { clusterSchema, machineSchema } from './cluster';
import { dnsLabel } from './fields';
import { meshSchema } from './mesh';
import type { Named } from './named';
import type { PhaseId } from './phase';
import { promiseSchema } from './promise';
import { scheduleSchema } from './schedule';
import { workloadSchema } from './workload';

const image = z.strictObject({
  /** Path below the registry, or a whole repository where `registry` is given. */
  repository: z.string(),
  /** Registry of this image where it isn't the platform's. */
  registry: z.string().optional(),
  tag: z
    .string()
    .regex(/^[\w][\w.-]{0,127}$/, 'is not an image tag')
    .refine((tag) => tag !== 'latest', {
      message: 'names no version',
      params: { fix: 'write the version that was tested' },
    }),
  /** Content digest, written by the image workflow; never invented. */
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, 'is not a sha256 digest')
    .optional(),
});

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
  /** Where KEDA asks for what CPU does not show: the Prometheus of the monitoring add-on. */
  prometheusUrl: z.string(),
  /** Git repository that Argo CD reads. */
  repositoryUrl: z.string(),
  /** Branch of it that the clusters follow. */
  branch: z.string(),
  /** Namespace in which Argo CD runs. */
  argocdNamespace: dnsLabel,
});

export const platformSchema = z.strictObject({
  settings,
  schedule: scheduleSchema,
  mesh: meshSchema,
  workloads: z.record(dnsLabel, workloadSchema),
  clusters: z.record(dnsLabel, clusterSchema),
  machines: z.record(z.string(), machineSchema),
  images: z.record(z.string(), image),
  priorities: z.record(dnsLabel, priority),
  addons: z.record(dnsLabel, addonSchema),
  promises: z.array(promiseSchema),
  charts: z.record(dnsLabel, chartSchema),
});

/** The whole platform as data: everything that is rendered comes from here. */
export type Platform = z.infer<typeof platformSchema>;
export type Image = z.infer<typeof image>;
export type PriorityData = z.infer<typeof priority>;
export type Priority = Named<PriorityData>;
export type Settings = z.infer<typeof settings>;

/** Which phase each cluster runs; `none` where it runs nothing yet. */
export type Pins = ReadonlyMap<string, PhaseId | 'none'>;

/** The name by which workloads declare the front door as a caller. */
export const GATEWAY = 'gateway';
