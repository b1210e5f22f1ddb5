import type { Autoscaling, VerticalScaling } from './autoscaling';
import type { Cluster } from './cluster';
import { atPhase, type PhaseId } from './phase';
import type { ServedWorkload } from './workload';

/**
 * Pods that a workload keeps on a cluster in a phase: the cluster's own number where it has one, since a laptop runs
 * one of everything.
 *
 * @throws Error where the workload begins in a later phase.
 */
export function replicasOf(workload: ServedWorkload, cluster: Cluster, phase: PhaseId): number {
  const replicas = cluster.replicas ?? atPhase(workload.replicas, phase);
  if (replicas === undefined) throw new Error(`${workload.name} has no replicas in ${phase}`);
  return replicas;
}

/**
 * What scales a workload on a cluster in a phase. Where the cluster has a fixed number of replicas, nothing does: a
 * laptop has no room to scale and no add-ons to do it. Nor does anything scale replicas of a standby, whose nodes are
 * just enough for the minimum: more would only wait. Once it takes over, its role says so and it scales.
 */
export function scalingOf(
  workload: ServedWorkload,
  cluster: Cluster,
  phase: PhaseId,
): { readonly horizontal: Autoscaling | undefined; readonly vertical: VerticalScaling | undefined } {
  if (cluster.replicas !== undefined) return { horizontal: undefined, vertical: undefined };
  return {
    horizontal: cluster.role === 'standby' ? undefined : workload.autoscaling && atPhase(workload.autoscaling, phase),
    vertical: workload.verticalScaling && atPhase(workload.verticalScaling, phase),
  };
}
