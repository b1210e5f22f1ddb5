import { platform } from '../platform/platform';
import type { Site } from '../rollout/cluster/site';

/** A cluster of AIA with its platform. */
export function siteOf(name: string): Site {
  const cluster = platform.clusters[name];
  if (cluster === undefined) throw new Error(`no cluster ${name}`);
  return { platform, cluster: { ...cluster, name } };
}
