import type { Cluster, Machine, Pool } from './cluster';
import { atPhase, type PhaseId } from './phase';
import type { Platform } from './platform';

/** One node as a pool of the data makes it. */
export interface PoolNode {
  readonly name: string;
  readonly pool: Pool;
  readonly zone: string;
  readonly machine: Machine;
  readonly labels: Readonly<Record<string, string>>;
}

/** The nodes of a cluster in a phase, with the labels that their pool gives them. */
export function poolNodes(platform: Platform, cluster: Cluster, phase: PhaseId): readonly PoolNode[] {
  const { labelDomain } = platform.settings;
  return (atPhase(cluster.pools, phase) ?? []).flatMap((pool) => {
    const machine = platform.machines[pool.machine];
    if (machine === undefined) throw new Error(`no machine ${pool.machine}`);
    return pool.zones.flatMap((zone) =>
      Array.from({ length: pool.nodesPerZone }, (_, index) => {
        const name = `${pool.name}-${zone}-${index + 1}`;
        return {
          name,
          pool,
          zone,
          machine,
          labels: {
            'kubernetes.io/hostname': name,
            'kubernetes.io/os': 'linux',
            'kubernetes.io/arch': 'amd64',
            'node.kubernetes.io/instance-type': pool.machine,
            'topology.kubernetes.io/region': cluster.region,
            'topology.kubernetes.io/zone': zone,
            [`${labelDomain}/pool`]: pool.label,
            [`${labelDomain}/capacity-spread`]: pool.capacitySpread,
          },
        };
      }),
    );
  });
}
