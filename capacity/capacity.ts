import type { KubeObject } from '../model/kube-object';
import type { ClusterNodes } from '../model/platform/cluster-nodes';
import { podOwners } from '../model/pod-owners';
import { perScale, type ScaleName } from '../model/scales';
import { type Amounts, type MomentName } from './amounts';
import { placedOf, type Placed } from './placed';
import { problemsOf, type CapacityProblem } from './problems';
import { quotasOf, type QuotaUse } from './quota';
import { addonAmounts, totalsOf, workloadCapacity, type WorkloadCapacity } from './workloads';

/** What `aia capacity` says of one set of objects. */
export interface Capacity {
  readonly workloads: readonly WorkloadCapacity[];
  /** Requests of add-ons that no object shows, DaemonSets of theirs included. */
  readonly addons: Readonly<Record<ScaleName, Amounts>>;
  /** All of it together; `rollingUpdate` with the one workload whose update takes most CPU. */
  readonly totals: Readonly<Record<MomentName, Amounts>>;
  readonly quotas: readonly QuotaUse[];
  /** What follows needs nodes: undefined where none are known. */
  readonly placed: Placed | undefined;
  /** What makes the answer a no; each one is exit code 1. */
  readonly problems: readonly CapacityProblem[];
}

export interface CapacityOptions {
  /**
   * Seeded orders in which pods come to the model of the scheduler; 0 leaves that question out.
   * @default 100
   */
  readonly orders?: number;
  /**
   * Rolling updates and losses of nodes and zones, which take most of the time.
   * @default true
   */
  readonly whatIf?: boolean;
}

/**
 * What the pods of a set of objects ask for, and whether they fit. Pure: the same objects and nodes give the same
 * answer, in whatever order they come.
 *
 * ```ts
 * const capacity = capacityOf(objects, clusterNodes(platform, cluster, phase));
 * capacity.workloads[0].moments.maximum.cpuMillicores; // bigint, millicores
 * capacity.placed?.scales.maximum.placement.answer;    // 'exists' | 'impossible' | 'not found'
 * capacity.problems;                                   // empty: everything that must fit does
 * ```
 *
 * @param cluster nodes and add-ons; undefined: only requests are summed.
 * @throws QuantityError where a resource is no quantity.
 */
export function capacityOf(
  objects: readonly KubeObject[],
  cluster: ClusterNodes | undefined,
  { orders = 100, whatIf = true }: CapacityOptions = {},
): Capacity {
  const workloads = podOwners(objects).map((owner) => workloadCapacity(owner, cluster));
  const addons = perScale((scale) => addonAmounts(cluster, scale));
  const totals = totalsOf(workloads, addons);
  const quotas = quotasOf(objects, workloads);
  const placed = cluster && cluster.nodes.length > 0 ? placedOf(objects, cluster, orders, whatIf) : undefined;
  return { workloads, addons, totals, quotas, placed, problems: problemsOf(placed, quotas) };
}
