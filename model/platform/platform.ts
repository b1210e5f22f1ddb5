import * as z from 'zod';
import { addonSchema } from './addon';
import { alertSchema } from './alert';
import { chartSchema } from './chart';
import { clusterSchema, machineSchema } from './cluster';
import { dataProtectionSchema } from './data-protection';
import { dnsLabel } from './fields';
import { gatesSchema } from './gate';
import { globalDnsSchema } from './global-dns';
import { resolvedImage } from './image';
import { infrastructureSchema } from './infrastructure';
import { meshSchema } from './mesh';
import { metricSourceSchema } from './metric';
import type { Named } from './named';
import { networkSchema } from './network';
import { objectivesSchema } from './objective';
import type { PhaseId } from './phase';
import { promiseSchema } from './promise';
import { recoverySchema } from './recovery';
import { routingSchema } from './routing';
import { scheduleSchema } from './schedule';
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
  /** What it is for, in a sentence or two, for people who have never seen it. */
  description: z.string().min(10),
  namespace: dnsLabel,
  /** Prefix of the platform's own labels and annotations. */
  labelDomain: z.string(),
  /** Public name of the front door. */
  domain: z.string(),
  /** Name of the address that is reserved for the mesh's gateway, the same in every region. */
  gatewayAddress: dnsLabel,
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
  network: networkSchema,
  /** Left out: every region has a name of its own, and nothing leads from one to the other. */
  globalDns: globalDnsSchema.optional(),
  workloads: z.record(dnsLabel, workloadSchema),
  clusters: z.record(dnsLabel, clusterSchema),
  infrastructure: infrastructureSchema,
  machines: z.record(z.string(), machineSchema),
  images: z.record(z.string(), resolvedImage),
  priorities: z.record(dnsLabel, priority),
  addons: z.record(dnsLabel, addonSchema),
  promises: z.array(promiseSchema),
  charts: z.record(dnsLabel, chartSchema),
  dataProtection: dataProtectionSchema,
  recovery: recoverySchema,
  routing: routingSchema,
  gates: gatesSchema,
  /** The catalogue: what rules and dashboards may ask for. */
  metrics: z.record(dnsLabel, metricSourceSchema),
  objectives: objectivesSchema,
  alerts: z.array(alertSchema),
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

/** The name for what calls from a cluster's device network: scanners and sensors at an edge site. */
export const DEVICES = 'devices';
