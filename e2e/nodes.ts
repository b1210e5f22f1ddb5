import { stringify } from 'yaml';
import type { Cluster } from '../model/platform/cluster';
import type { PhaseId } from '../model/platform/phase';
import type { Platform } from '../model/platform/platform';
import { poolNodes } from '../model/platform/pool-nodes';

/**
 * The nodes of a cluster in a phase, as the data has its pools: manifests of nodes that kwok pretends to run.
 *
 * @see https://kwok.sigs.k8s.io/docs/user/kwok-manage-nodes-and-pods/
 */
export function nodeManifests(platform: Platform, cluster: Cluster, phase: PhaseId): string {
  return poolNodes(platform, cluster, phase)
    .map(({ name, pool, machine, labels }) =>
      stringify({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name, annotations: { 'kwok.x-k8s.io/node': 'fake' }, labels },
        spec: { taints: pool.taints },
        status: {
          capacity: resources(machine.capacity, machine.pods),
          allocatable: resources(machine.allocatable, machine.pods),
        },
      }),
    )
    .join('---\n');
}

function resources(
  { cpu, memory, ephemeralStorage }: { cpu: string; memory: string; ephemeralStorage: string },
  pods: number,
): Record<string, string> {
  return { cpu, memory, 'ephemeral-storage': ephemeralStorage, pods: String(pods) };
}
