import * as z from 'zod';
import { cpuQuantity, dnsLabel, memoryQuantity } from './fields';
import { clusterBuildSchema } from './infrastructure';
import { locationSchema } from './location';
import type { Named } from './named';
import { byPhase, phaseId } from './phase';

const taint = z.strictObject({
  key: z.string(),
  value: z.string(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
});

/** Nodes of one machine type that a cloud creates and resizes together. */
const pool = z.strictObject({
  /** The cloud's name for it; several pools may share a `label`. */
  name: dnsLabel,
  /** Value of the pool label on its nodes: what workloads name in `pools`. */
  label: dnsLabel,
  /** Key in `platform/machines.ts`. */
  machine: z.string(),
  zones: z.array(z.string()).min(1),
  nodesPerZone: z.int().min(1),
  capacity: z.enum(['on-demand', 'spot']),
  /** Value of the capacity-spread label: 1 is on-demand, every spot pool has a number of its own. */
  capacitySpread: z.string(),
  /** Add-ons may run here, which a label on the nodes says. */
  addons: z.boolean().optional(),
  taints: z.array(taint),
});

/** A machine type of the cloud; `allocatable` is what is left for pods after the kubelet and the system. */
export const machineSchema = z.strictObject({
  capacity: z.strictObject({ cpu: cpuQuantity, memory: memoryQuantity, ephemeralStorage: memoryQuantity }),
  allocatable: z.strictObject({ cpu: cpuQuantity, memory: memoryQuantity, ephemeralStorage: memoryQuantity }),
  pods: z.int().min(1),
});

const storage = z.strictObject({
  /** Name of the StorageClass; claims can't change it later. */
  className: dnsLabel,
  provisioner: z.string(),
  parameters: z.record(z.string(), z.string()),
  allowVolumeExpansion: z.boolean(),
});

const quota = z.strictObject({
  requestsCpu: cpuQuantity,
  requestsMemory: memoryQuantity,
  pods: z.int().min(1),
  claims: z.int().min(0),
});

/**
 * What a cluster is there for: `full` runs everything; `standby` the same without batch, until it takes over; `edge` only
 * what belongs where samples are taken; `laptop` is for trying things.
 */
export const clusterRole = z.enum(['full', 'standby', 'edge', 'laptop']);

export const clusterSchema = z.strictObject({
  /** One sentence for people. */
  description: z.string().min(10),
  role: clusterRole,
  /**
   * The full cluster whose stores a standby follows, through that cluster's bucket. It stays written when the role becomes
   * `full`, and then means nothing.
   */
  follows: dnsLabel.optional(),
  /** First phase it takes part in. */
  since: phaseId,
  region: z.string(),
  /** The region's place: what the record of processing says of the data that lies there. */
  location: locationSchema,
  /** Replicas of every workload, where it isn't the workload's own number: a laptop runs one of each. */
  replicas: z.int().min(1).optional(),
  /**
   * Oldest Kubernetes minor that must accept the manifests: 28 is 1.28. Left out, the output uses only what 1.28 and
   * today's release both accept.
   */
  k8sMinor: z.int().min(28).optional(),
  /** Whether the mesh runs here, from the phase that brings it. */
  mesh: z.boolean(),
  /**
   * Minor of Istio 1.x; 24 is 1.24. Left out, the output uses only what 1.24 (the last for Kubernetes 1.28) and today's
   * release both know.
   */
  istioMinor: z.int().min(24).optional(),
  /** How `infra/` builds it. Left out, somebody else does and `infra/` has nothing for it. */
  build: clusterBuildSchema.optional(),
  pools: byPhase(z.array(pool)),
  storage,
  /**
   * The cloud's secret manager that this cluster reads; left out: somebody makes the Secrets by hand.
   * `project` is the cloud project that holds them.
   */
  secretStore: z.strictObject({ provider: z.literal('gcpsm'), project: z.string() }).optional(),
  /** Takes part in global load balancing: the public name may lead here. */
  globalDns: z.boolean().optional(),
  /** Network of the devices that may call what is called by `devices`, as a CIDR. */
  deviceNetwork: z.cidrv4().optional(),
  quota,
  /** Public entry: the cloud's own Ingress class, or none (port-forward). */
  frontDoor: z.enum(['gce', 'none']),
  /** `managed`: Argo CD installs the charts; `external`: somebody else has installed what they bring. */
  addons: z.enum(['managed', 'external']),
  /** Charts that are not installed here since the cloud brings the same itself. */
  provides: z.array(dnsLabel).optional(),
  /**
   * API server to which Argo CD applies, as Argo CD knows it. A hub writes the address of the cluster here.
   * @default the cluster that Argo CD runs in
   */
  destination: z.url().optional(),
});

/** A cluster that runs the platform, without its pin: that stands in `platform/clusters.yaml`. */
export type ClusterData = z.infer<typeof clusterSchema>;
export type Cluster = Named<ClusterData>;
export type ClusterRole = z.infer<typeof clusterRole>;
export type Pool = z.infer<typeof pool>;
export type Machine = z.infer<typeof machineSchema>;
