import * as z from 'zod';
import { dnsLabel, port } from './fields';
import type { PhaseId } from './phase';

/** An IPv4 range in CIDR notation, written with its first address: Google Cloud refuses another one. */
const range = z
  .cidrv4({ error: 'is not a range of IPv4 addresses such as 10.0.0.0/22', abort: true })
  .refine((text) => addressesOf(text).first % addressesOf(text).count === 0, {
    message: 'does not begin with the first address of its range',
    params: { fix: 'set the bits behind the prefix to zero: "10.0.4.0/22", not "10.0.5.0/22"' },
  });

/** How one cluster is built. What a region is made of beyond this (pools, storage, region) is data of the cluster. */
export const clusterBuildSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('gke'),
    /** Addresses in the shared network; no two clusters may overlap. A node takes a /24 of `pods`, for 110 pods. */
    ranges: z.strictObject({ nodes: range, pods: range, services: range }),
  }),
  z.strictObject({ kind: z.literal('kind') }),
  z.strictObject({
    kind: z.literal('k3s'),
    /** Release channel of k3s, such as `stable` or `v1.34`. */
    channel: z.string(),
  }),
]);

/** What all clusters that are built in one cloud project share. */
export const infrastructureSchema = z.strictObject({
  /** Google Cloud project; the clusters, their network and their keys are in it. */
  project: z.string().regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'is not the id of a Google Cloud project'),
  /** VPC network with one subnet a cluster. */
  network: dnsLabel,
  /** Which versions of Kubernetes the control planes and nodes follow by themselves. */
  releaseChannel: z.enum(['rapid', 'regular', 'stable', 'extended']),
  /** Cloud KMS; every region has a key ring and keys of its own under these names. */
  keys: z.strictObject({
    ring: dnsLabel,
    /** Boot disks of nodes, and the disks behind claims. */
    disks: dnsLabel,
    /** Secrets in the control plane's database. */
    database: dnsLabel,
    /** A new version of each key comes after so many days; data keeps the version it was written with. */
    rotationDays: z.int().min(1).max(365),
  }),
  nodes: z.strictObject({
    /** Service account that nodes run as; it may pull images and write the node's own logs and metrics, no more. */
    serviceAccount: z.string().regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'is not the name of a service account'),
    bootDiskType: z.enum(['pd-standard', 'pd-balanced', 'pd-ssd']),
    bootDiskGiB: z.int().min(10),
    /** Nodes that an upgrade adds to a pool, and nodes it may take away, at a time. */
    upgrade: z.strictObject({ maxSurge: z.int().min(0), maxUnavailable: z.int().min(0) }),
  }),
  /** Ports on which the control plane calls webhooks and extension API servers in pods; GKE opens 443 and 10250 only. */
  webhooks: z.array(z.strictObject({ port, of: z.string() })),
});

/** Google Cloud as the platform uses it. */
export type Infrastructure = z.infer<typeof infrastructureSchema>;
export type ClusterBuild = z.infer<typeof clusterBuildSchema>;
export type GkeBuild = Extract<ClusterBuild, { kind: 'gke' }>;

/** Full name of a region's key, as StorageClasses and gcloud take it. */
export function kmsKey({ project, keys }: Infrastructure, region: string, use: 'disks' | 'database'): string {
  return `projects/${project}/locations/${region}/keyRings/${keys.ring}/cryptoKeys/${keys[use]}`;
}

/** A range as numbers: its first address, and how many it has. */
export function addressesOf(range: string): { readonly first: number; readonly count: number } {
  const [address = '', bits] = range.split('/');
  return {
    first: address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0),
    count: 2 ** (32 - Number(bits)),
  };
}

/** Name of the global address that the cloud's Ingress answers at. */
export function frontDoorAddress({ name }: { readonly name: string }): string {
  return `${name}-front-door`;
}

/** The script that changes a cluster's pools around a step, below `infra/`: `gke/europe-west4/phase-2-to-3.sh`. */
export function poolStepScript(cluster: string, from: PhaseId, to: PhaseId): string {
  return `gke/${cluster}/${from}-to-${to.replace('phase-', '')}.sh`;
}

/** Parameter of the StorageClass with the key of its disks. */
export const DISK_KEY_PARAMETER = 'disk-encryption-kms-key';
