import type { Requests, Resources } from '../pod-requests';
import { podResources } from '../pod-requests';
import { addonDisks, addonPods, type AddonPod } from './addon-pods';
import type { Cluster } from './cluster';
import { addonRequests } from './nodes';
import type { PhaseId } from './phase';
import type { Platform } from './platform';
import { poolNodes } from './pool-nodes';

/** A node that pods can be placed on, and that costs something. */
export interface ClusterNode {
  readonly name: string;
  /** The cloud's name of its pool. */
  readonly pool: string;
  readonly zone: string;
  readonly region: string;
  /** Machine type, the key of its price. */
  readonly machine: string;
  readonly capacity: 'on-demand' | 'spot';
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  /** What is left for pods after the kubelet and the system. */
  readonly allocatable: Resources;
  /** Most pods that the kubelet runs. */
  readonly pods: number;
}

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** What a cluster has for pods in a phase, and what its add-ons take of it. */
export interface ClusterNodes {
  readonly nodes: readonly ClusterNode[];
  readonly addons: readonly AddonPod[];
  /** Requests of the add-ons' DaemonSets on each node. */
  readonly onEachNode: Requests;
  /** Disks that charts of ours ask for, in bytes; none where somebody else installs the add-ons. */
  readonly addonDisks: readonly { readonly name: string; readonly bytes: bigint }[];
}

/** The nodes and add-ons of a cluster in a phase, as the data has them: what `capacityOf` and `costOf` take. */
export function clusterNodes(platform: Platform, cluster: Cluster, phase: PhaseId): ClusterNodes {
  return {
    nodes: poolNodes(platform, cluster, phase).map(({ name, pool, zone, machine, labels }) => {
      const { cpu, memory, ephemeralStorage } = machine.allocatable;
      const requests = { cpu, memory, 'ephemeral-storage': ephemeralStorage };
      return {
        name,
        pool: pool.name,
        zone,
        region: cluster.region,
        machine: pool.machine,
        capacity: pool.capacity,
        labels,
        taints: pool.taints,
        allocatable: podResources({ resources: { requests } }),
        pods: machine.pods,
      };
    }),
    addons: addonPods(platform, cluster, phase),
    onEachNode: addonRequests(platform, cluster, phase).perNode,
    addonDisks: addonDisks(platform, cluster, phase),
  };
}
