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
export function promisedMinimum({ cluster }: Stage, phases: readonly PhaseId[]): Map<string, Fewest> {
  const data = platform.clusters[cluster];
  if (data === undefined) throw new Error(`${cluster} is no cluster`);
  const on = { ...data, name: cluster };
  // What comes with a later one of them is held to nothing before it is there.
  const served = workloadsOn({ platform, cluster: on, phase: phases[0] ?? 'phase-1' }).filter(
    (workload): workload is ServedWorkload => workload.kind !== 'CronJob',
  );
  return new Map(
    served.map((workload) => {
      const wanted = Math.min(...phases.map((phase) => replicasOf(workload, on, phase)));
      const taken = workload.kind === 'Deployment' ? workload.rollout.maxUnavailable : 1;
      return [workload.name, { wanted, available: wanted - taken }];
    }),
  );
}
