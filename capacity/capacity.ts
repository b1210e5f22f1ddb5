import type { KubeObject } from '../model/kube-object';
import { podOwners, type PodOwner } from '../model/pod-owners';
import { addResources, NO_RESOURCES, scaleResources, type Resources } from '../model/pod-requests';
import type { ClusterNodes } from '../model/platform/cluster-nodes';
import { refusalOf } from '../model/scheduling';
import { arenaOf, SCALES, type ScaleName } from './arena';
import { lossesOf, type Loss } from './losses';
import { problemsOf, type CapacityProblem } from './problems';
import { quotasOf, type QuotaUse } from './quota';
import { rolloutsOf, type Rollout } from './rollouts';
import { answerAt, type ScaleAnswer } from './scale-answer';

/** Pods and what they request together. */
export interface Amounts extends Resources {
  readonly pods: number;
}

/** The three scales and the busiest moment of a rolling update. */
export type MomentName = ScaleName | 'rollingUpdate';
export const MOMENTS: readonly MomentName[] = [...SCALES, 'rollingUpdate'];

/** What one object that makes pods asks of the nodes. */
export interface WorkloadCapacity {
  readonly object: KubeObject;
  readonly role: PodOwner['role'];
  readonly onePod: Amounts;
  /** `rollingUpdate` is the maximum and the pods that its own update starts on top. A DaemonSet counts each node. */
  readonly moments: Readonly<Record<MomentName, Amounts>>;
}

/** The nodes of one pool and what stands on them, DaemonSets included, in the placement of each scale. */
export interface PoolCapacity {
  readonly pool: string;
  readonly nodes: number;
  readonly allocatable: Amounts;
  readonly requested: Readonly<Record<ScaleName, Amounts>>;
}

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

export interface Placed {
  readonly nodes: ClusterNodes['nodes'];
  readonly allocatable: Amounts;
  readonly pools: readonly PoolCapacity[];
  readonly scales: Readonly<Record<ScaleName, ScaleAnswer>>;
  readonly rollouts: readonly Rollout[];
  readonly losses: readonly Loss[];
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

/** The same value for each scale. */
export function perScale<T>(value: (scale: ScaleName) => T): Record<ScaleName, T> {
  return { minimum: value('minimum'), expected: value('expected'), maximum: value('maximum') };
}

/** Amounts of that many pods. */
export function amountsOf(one: Resources, pods: number): Amounts {
  return { pods, ...scaleResources(one, pods) };
}

export function addAmounts(left: Amounts, right: Amounts): Amounts {
  return { pods: left.pods + right.pods, ...addResources(left, right) };
}

export const NO_AMOUNTS: Amounts = { pods: 0, ...NO_RESOURCES };

function placedOf(objects: readonly KubeObject[], cluster: ClusterNodes, orders: number, whatIf: boolean): Placed {
  const arena = arenaOf(objects, cluster);
  const scales = perScale((scale) => answerAt(arena, scale, orders));
  return {
    nodes: arena.nodes,
    allocatable: arena.nodes.map(({ allocatable }) => ({ pods: 0, ...allocatable })).reduce(addAmounts, NO_AMOUNTS),
    pools: poolsOf(cluster, scales),
    scales,
    rollouts: whatIf ? rolloutsOf(arena, Math.min(orders, 20)) : [],
    losses: whatIf ? lossesOf(objects, cluster) : [],
  };
}

function workloadCapacity(owner: PodOwner, cluster: ClusterNodes | undefined): WorkloadCapacity {
  const { object, role, one, pods, surge, template } = owner;
  const spec = (template.spec ?? {}) as Readonly<Record<string, unknown>>;
  const times =
    role === 'node' && cluster ? cluster.nodes.filter((node) => refusalOf(spec, node) === undefined).length : 1;
  const scales = perScale((scale) => amountsOf(one, pods[scale] * times));
  return {
    object,
    role,
    onePod: amountsOf(one, 1),
    moments: { ...scales, rollingUpdate: amountsOf(one, pods.maximum * times + surge(pods.maximum)) },
  };
}

function addonAmounts(cluster: ClusterNodes | undefined, scale: ScaleName): Amounts {
  if (!cluster) return NO_AMOUNTS;
  const pods = cluster.addons.filter(({ atMaximumOnly }) => scale === 'maximum' || !atMaximumOnly);
  const nodes = cluster.nodes.map(() => ({ pods: 0, ...cluster.onEachNode, extended: {} }));
  return [...pods.map(({ requests }) => ({ pods: 1, ...requests, extended: {} })), ...nodes].reduce<Amounts>(
    addAmounts,
    NO_AMOUNTS,
  );
}

function totalsOf(workloads: readonly WorkloadCapacity[], addons: Capacity['addons']): Capacity['totals'] {
  const scales = perScale((scale) => workloads.map(({ moments }) => moments[scale]).reduce(addAmounts, addons[scale]));
  const surges = workloads.map(({ onePod, moments }) =>
    amountsOf(onePod, moments.rollingUpdate.pods - moments.maximum.pods),
  );
  const largest = surges.reduce((most, next) => (next.cpuMillicores > most.cpuMillicores ? next : most), NO_AMOUNTS);
  return { ...scales, rollingUpdate: addAmounts(scales.maximum, largest) };
}

function poolsOf({ nodes }: ClusterNodes, scales: Placed['scales']): PoolCapacity[] {
  return [...new Set(nodes.map(({ pool }) => pool))].sort().map((pool) => {
    const own = nodes.filter((node) => node.pool === pool);
    return {
      pool,
      nodes: own.length,
      allocatable: own
        .map(({ allocatable, pods }) => ({ pods, ...allocatable }))
        .reduce<Amounts>(addAmounts, NO_AMOUNTS),
      requested: perScale((scale) =>
        scales[scale].nodes
          .filter((node) => node.pool === pool)
          .map(({ requested }) => requested)
          .reduce(addAmounts, NO_AMOUNTS),
      ),
    };
  });
}
