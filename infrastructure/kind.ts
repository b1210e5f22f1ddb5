import { dump } from 'js-yaml';
import type { Cluster, Pool } from '../model/platform/cluster';
import { atPhase } from '../model/platform/phase';
import type { Platform } from '../model/platform/platform';
import { nodeLabels } from './node-labels';
import { textFile } from './rendered-file';

/**
 * Configuration of a kind cluster: a control plane, and one worker for every node of its pools. A kind cluster is made
 * anew rather than changed, so it has the pools of the first phase it takes part in.
 *
 * @see https://kind.sigs.k8s.io/docs/user/configuration/ (v1alpha4; extra labels of nodes; read November 2026)
 */
export function kindConfiguration(path: string, platform: Platform, cluster: Cluster): string {
  const workers = (atPhase(cluster.pools, cluster.since) ?? []).flatMap((pool) =>
    pool.zones.flatMap((zone) =>
      Array.from({ length: pool.nodesPerZone }, () => ({
        role: 'worker',
        labels: nodeLabels(platform, cluster, pool, zone),
        ...taintPatch(pool),
      })),
    ),
  );
  const configuration = {
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    name: platform.settings.name,
    nodes: [{ role: 'control-plane' }, ...workers],
  };
  return textFile(path, `# kind create cluster --config infra/${path}\n${dump(configuration, { lineWidth: -1 })}`);
}

/** kind has labels of its own for nodes, but taints only through kubeadm. */
function taintPatch({ taints }: Pool): { kubeadmConfigPatches?: string[] } {
  if (taints.length === 0) return {};
  return { kubeadmConfigPatches: [dump({ kind: 'JoinConfiguration', nodeRegistration: { taints } })] };
}
