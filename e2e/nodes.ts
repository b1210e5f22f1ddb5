import { stringify } from 'yaml';
import type { Cluster } from '../model/platform/cluster';
import { atPhase, type PhaseId } from '../model/platform/phase';
import type { Platform } from '../model/platform/platform';

/**
 * The nodes of a cluster in a phase, as the data has its pools: manifests of nodes that kwok pretends to run.
 *
 * @see https://kwok.sigs.k8s.io/docs/user/kwok-manage-nodes-and-pods/
 */
export function nodeManifests(platform: Platform, cluster: Cluster, phase: PhaseId): string {
  const { labelDomain } = platform.settings;
  return (atPhase(cluster.pools, phase) ?? [])
    .flatMap((pool) => {
      const machine = platform.machines[pool.machine];
      if (machine === undefined) throw new Error(`no machine ${pool.machine}`);
      return pool.zones.flatMap((zone) =>
        Array.from({ length: pool.nodesPerZone }, (_, index) => {
          const name = `${pool.name}-${zone}-${index + 1}`;
          return stringify({
            apiVersion: 'v1',
            kind: 'Node',
            metadata: {
              name,
              annotations: { 'kwok.x-k8s.io/node': 'fake' },
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
            },
            spec: { taints: pool.taints },
            status: {
              capacity: resources(machine.capacity, machine.pods),
              allocatable: resources(machine.allocatable, machine.pods),
            },
          });
        }),
      );
    })
    .join('---\n');
}

function resources(
  { cpu, memory, ephemeralStorage }: { cpu: string; memory: string; ephemeralStorage: string },
  pods: number,
): Record<string, string> {
  return { cpu, memory, 'ephemeral-storage': ephemeralStorage, pods: String(pods) };
}
