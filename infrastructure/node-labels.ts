import type { Cluster, Pool } from '../model/platform/cluster';
import { poolLabels } from '../model/platform/node-labels';
import type { Platform } from '../model/platform/platform';

/** The platform's labels of a pool's nodes, and the place that a cloud would write itself. */
export function nodeLabels(
  { settings }: Platform,
  { region }: Cluster,
  pool: Pool,
  zone: string,
): Record<string, string> {
  return {
    ...poolLabels(settings, pool),
    'topology.kubernetes.io/region': region,
    'topology.kubernetes.io/zone': zone,
  };
}
