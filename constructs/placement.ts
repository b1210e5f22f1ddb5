import { atPhase } from '../model/platform/phase';
import { queueOf } from '../model/platform/queues';
import type { Workload } from '../model/platform/workload';
import type { k8s } from './k8s';
import { withResidency } from './residency';
import { ownKey, selectorLabels, type Site } from './site';

/** Where a workload's pods may run and how they are spread: affinity, tolerations, spread constraints. */
export function placement(
  site: Site,
  workload: Workload,
): Pick<k8s.PodSpec, 'affinity' | 'tolerations' | 'topologySpreadConstraints'> {
  const pools = poolsOf(site, workload);
  const tolerations = taintsOf(site, pools).map(({ key, value, effect }) => ({
    key,
    operator: 'Equal',
    value,
    effect,
  }));
  const patience = workload.unreachableSeconds === undefined ? [] : unreachable(workload.unreachableSeconds);
  return {
    affinity: { nodeAffinity: withResidency(site, workload, nodeAffinity(ownKey(site, 'pool'), pools)) },
    ...(tolerations.length + patience.length === 0 ? {} : { tolerations: [...tolerations, ...patience] }),
    topologySpreadConstraints: [...workload.spread, ...capacitySpread(site, workload, pools)].map(
      ({ topologyKey, strictness }) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: strictness === 'required' ? 'DoNotSchedule' : 'ScheduleAnyway',
        labelSelector: { matchLabels: selectorLabels(workload) },
      }),
    ),
  };
}

/**
 * The pools of this cluster and phase that the workload may use, the preferred one first.
 *
 * @throws Error where the cluster has none of them; validation refuses such data before.
 */
function poolsOf(site: Site, workload: Workload): string[] {
  const there = new Set(atPhase(site.cluster.pools, site.phase)?.map(({ label }) => label));
  const pools = (atPhase(workload.pools, site.phase) ?? []).filter((pool) => there.has(pool));
  if (pools.length === 0) throw new Error(`${site.cluster.name} has no pool for ${workload.name} in ${site.phase}`);
  // What waits in a queue runs on the nodes behind it and nowhere else.
  return queueOf(site, workload) === undefined ? pools : pools.slice(0, 1);
}

/** Kubernetes itself gives pods five minutes on a node that is out of reach. */
function unreachable(tolerationSeconds: number): k8s.Toleration[] {
  return ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds,
  }));
}

/**
 * What may run on spot and on-demand nodes alike keeps one replica on-demand for every two on spot: on-demand nodes are
 * one domain of this label, each of the two spot pools is another. Preferring spot alone would put all of them there.
 */
function capacitySpread(site: Site, workload: Workload, pools: readonly string[]): Workload['spread'] {
  if (workload.kind === 'CronJob') return [];
  const eligible = (atPhase(site.cluster.pools, site.phase) ?? []).filter(({ label }) => pools.includes(label));
  return new Set(eligible.map(({ capacity }) => capacity)).size < 2
    ? []
    : [{ topologyKey: ownKey(site, 'capacity-spread'), strictness: 'required' }];
}

function nodeAffinity(key: string, pools: readonly string[]): k8s.NodeAffinity {
  const required = {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'In', values: [...pools] }] }],
    },
  };
  if (pools.length === 1) return required;
  return {
    ...required,
    // The first pool clearly before the others, and those in the order of the data.
    preferredDuringSchedulingIgnoredDuringExecution: pools.slice(0, -1).map((pool, index) => ({
      weight: index === 0 ? 100 : Math.max(1, 20 - 10 * (index - 1)),
      preference: { matchExpressions: [{ key, operator: 'In', values: [pool] }] },
    })),
  };
}

function taintsOf(site: Site, pools: readonly string[]): { key: string; value: string; effect: string }[] {
  const taints = (atPhase(site.cluster.pools, site.phase) ?? [])
    .filter(({ label }) => pools.includes(label))
    .flatMap((pool) => pool.taints);
  return taints.filter((taint, index) => taints.findIndex(({ key }) => key === taint.key) === index);
}
