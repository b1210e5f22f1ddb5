import { named } from '../../model/platform/named';
import type { PhaseId } from '../../model/platform/phase';
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
  const served = named(platform.workloads).filter(
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
