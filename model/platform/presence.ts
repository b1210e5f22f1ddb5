import type { Cluster, ClusterRole } from './cluster';
import { named } from './named';
import { isSince, type PhaseId } from './phase';
import type { Platform } from './platform';
import type { Workload } from './workload';

/** Where a workload runs unless its data says otherwise: wherever the platform as such does, which an edge site is not. */
const WHEREVER_THE_PLATFORM_IS: readonly ClusterRole[] = ['full', 'standby', 'laptop'];

/** One cluster in one phase. */
export interface Place {
  readonly platform: Platform;
  readonly cluster: Cluster;
  readonly phase: PhaseId;
}

/** The workloads that exist in a phase, on whichever cluster. */
export function workloadsSince(platform: Platform, phase: PhaseId): Workload[] {
  return named(platform.workloads).filter(({ since }) => isSince(since, phase));
}

/** The workloads that run on a cluster in a phase. */
export function workloadsOn({ platform, cluster, phase }: Place): Workload[] {
  return workloadsSince(platform, phase).filter((workload) => runsOn(workload, cluster));
}

/** Whether a cluster's role is one of those the workload is for. */
export function runsOn({ roles }: Pick<Workload, 'roles'>, { role }: Pick<Cluster, 'role'>): boolean {
  return (roles ?? WHEREVER_THE_PLATFORM_IS).includes(role);
}
