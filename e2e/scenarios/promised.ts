import type { Cluster } from '../../model/platform/cluster';
import type { PhaseId } from '../../model/platform/phase';
import { workloadsOn } from '../../model/platform/presence';
import { replicasOf } from '../../model/platform/replicas';
import type { ServedWorkload } from '../../model/platform/workload';
import { platform } from '../../platform/platform';
import type { Fewest } from '../sampler';
import type { Stage } from '../stage';

/**
 * What each workload keeps through steps between these phases: its minimum of replicas, less what its rollout may take
 * at a time. A StatefulSet replaces one pod after another.
 */
export function promisedMinimum(stage: Stage, phases: readonly PhaseId[]): Map<string, Fewest> {
  return new Map(
    servedIn(stage, phases[0] ?? 'phase-1').map(({ workload, on }) => {
      const wanted = Math.min(...phases.map((phase) => replicasOf(workload, on, phase)));
      const taken = workload.kind === 'Deployment' ? workload.rollout.maxUnavailable : 1;
      return [workload.name, { wanted, available: wanted - taken }];
    }),
  );
}

/** What the disruption budget of each workload insists on in a phase: what a drain may leave, and the loss of a node. */
export function budgetMinimum(stage: Stage, phase: PhaseId): Map<string, Fewest> {
  return new Map(
    servedIn(stage, phase).map(({ workload, on }) => {
      const wanted = replicasOf(workload, on, phase);
      const { minAvailable, maxUnavailable = 0 } = workload.budget;
      const available = minAvailable ?? wanted - maxUnavailable;
      return [workload.name, { wanted, available }];
    }),
  );
}

/** What serves in a phase; what comes with a later one is held to nothing before it is there. */
function servedIn({ cluster }: Stage, phase: PhaseId): { workload: ServedWorkload; on: Cluster }[] {
  const data = platform.clusters[cluster];
  if (data === undefined) throw new Error(`${cluster} is no cluster`);
  const on = { ...data, name: cluster };
  return workloadsOn({ platform, cluster: on, phase })
    .filter((workload): workload is ServedWorkload => workload.kind !== 'CronJob')
    .map((workload) => ({ workload, on }));
}
