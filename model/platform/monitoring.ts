import type { Cluster } from './cluster';

/**
 * Whether a cluster has a Prometheus that reads monitors and rules, and a Grafana. An edge site has no room for them, and
 * a laptop has the charts only where it is told to; elsewhere they are there, whoever installs them.
 */
export function hasMonitoring({ role, addons }: Pick<Cluster, 'role' | 'addons'>): boolean {
  return role === 'full' || role === 'standby' || (role === 'laptop' && addons === 'managed');
}
