import type { KubeObject } from '../model/kube-object';
import type { ClusterNodes } from '../model/platform/cluster-nodes';
import { perScale, type ScaleName } from '../model/scales';
import { addAmounts, NO_AMOUNTS, type Amounts } from './amounts';
import { arenaOf } from './arena';
import { lossesOf, type Loss } from './losses';
import { rolloutsOf, type Rollout } from './rollouts';
import { answerAt, type ScaleAnswer } from './scale-answer';

/** The nodes of one pool and what stands on them, DaemonSets included, in the placement of each scale. */
export interface PoolCapacity {
  readonly pool: string;
  readonly nodes: number;
  readonly allocatable: Amounts;
  readonly requested: Readonly<Record<ScaleName, Amounts>>;
}

/** What nodes make of the pods. */
export interface Placed {
  readonly nodes: ClusterNodes['nodes'];
  readonly allocatable: Amounts;
  readonly pools: readonly PoolCapacity[];
  readonly scales: Readonly<Record<ScaleName, ScaleAnswer>>;
  readonly rollouts: readonly Rollout[];
  readonly losses: readonly Loss[];
}

/** Holds the pods against the nodes. */
export function placedOf(
  objects: readonly KubeObject[],
  cluster: ClusterNodes,
  orders: number,
  whatIf: boolean,
): Placed {
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
