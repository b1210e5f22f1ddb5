import type { KubeObject } from '../model/kube-object';
import type { ClusterNode, ClusterNodes } from '../model/platform/cluster-nodes';
import { SCALES, type ScaleName } from '../model/scales';
import { arenaOf } from './arena';
import { ownerPods, wantedAt, type OwnerPods } from './scale-answer';
import { findPlacement, placeByPriority } from './search';

/** What is left over when nodes go. */
export interface Loss {
  /** `node`: the worst single node of a pool; `zone`: all nodes of a zone. */
  readonly kind: 'node' | 'zone';
  /** The pool, or the zone. */
  readonly of: string;
  readonly nodes: readonly string[];
  readonly scale: ScaleName;
  /** Pods that must run and for which no placement was found; empty: all of them fit on what is left. */
  readonly pending: readonly OwnerPods[];
  readonly waiting: readonly OwnerPods[];
}

/** Takes one node of each pool away, then each zone. Disks are not looked at: a zone's disks go with it. */
export function lossesOf(objects: readonly KubeObject[], cluster: ClusterNodes): Loss[] {
  const pools = groupBy(cluster.nodes, ({ pool }) => pool);
  const zones = groupBy(cluster.nodes, ({ zone }) => zone);
  return [
    ...pools.flatMap(([pool, nodes]) => {
      const cases = nodes.map((node) => lossOf(objects, cluster, 'node', pool, [node]));
      return SCALES.map((_, at) =>
        cases.flatMap((losses) => losses[at] ?? []).reduce((a, b) => (isWorse(b, a) ? b : a)),
      );
    }),
    ...(zones.length < 2 ? [] : zones.flatMap(([zone, nodes]) => lossOf(objects, cluster, 'zone', zone, nodes))),
  ];
}

function lossOf(
  objects: readonly KubeObject[],
  cluster: ClusterNodes,
  kind: Loss['kind'],
  of: string,
  lost: readonly ClusterNode[],
): Loss[] {
  const arena = arenaOf(objects, { ...cluster, nodes: cluster.nodes.filter((node) => !lost.includes(node)) });
  return SCALES.map((scale) => {
    const wanted = wantedAt(arena, scale);
    const { left } = placeByPriority(arena, wanted);
    const waiting = left.filter(({ mayWait }) => mayWait);
    const must = arena.groups.map(({ mayWait, index }) => (mayWait ? 0 : (wanted[index] ?? 0)));
    const pending = left.filter(({ mayWait }) => !mayWait);
    const isThere = pending.length === 0 || findPlacement(arena, must, 2000).answer === 'exists';
    return {
      kind,
      of,
      nodes: lost.map(({ name }) => name),
      scale,
      pending: isThere ? [] : ownerPods(pending),
      waiting: ownerPods(waiting),
    };
  });
}

function isWorse(one: Loss, other: Loss): boolean {
  const pods = (list: readonly OwnerPods[]): number => list.reduce((sum, entry) => sum + entry.pods, 0);
  const more = pods(one.pending) - pods(other.pending);
  return more > 0 || (more === 0 && pods(one.waiting) > pods(other.waiting));
}

function groupBy(
  nodes: readonly ClusterNode[],
  keyOf: (node: ClusterNode) => string,
): [string, readonly ClusterNode[]][] {
  return [...new Set(nodes.map(keyOf))].sort().map((key) => [key, nodes.filter((node) => keyOf(node) === key)]);
}
