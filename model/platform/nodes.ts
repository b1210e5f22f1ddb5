import { addRequests, NO_REQUESTS, podRequests, type Requests } from '../pod-requests';
import type { ExtraRequests } from '../totals';
import { isNeededOn } from './addon';
import type { Cluster } from './cluster';
import { atPhase, isSince, type PhaseId } from './phase';
import type { Platform } from './platform';
import { runsOn } from './presence';

/** Nodes that a cluster has in a phase, all pools together. */
export function nodeCount(cluster: Cluster, phase: PhaseId): number {
  return (atPhase(cluster.pools, phase) ?? []).reduce((sum, pool) => sum + pool.zones.length * pool.nodesPerZone, 0);
}

/** What the add-ons of a cluster request in a phase, as the data has it: their charts are not rendered here. */
export function addonRequests(platform: Platform, cluster: Cluster, phase: PhaseId): ExtraRequests {
  const addons = Object.values(platform.addons).filter(
    ({ since, only, roles }) => isSince(since, phase) && runsOn({ roles }, cluster) && isNeededOn(cluster, only),
  );
  const sum = (amounts: ({ cpu: string; memory: string } | undefined)[]): Requests =>
    amounts
      .map((requests) => (requests === undefined ? NO_REQUESTS : podRequests({ resources: { requests } })))
      .reduce(addRequests, NO_REQUESTS);
  return {
    min: sum(addons.map(({ requests }) => requests)),
    max: sum(addons.map(({ requests, requestsAtMaximum }) => requestsAtMaximum ?? requests)),
    perNode: sum(addons.map(({ perNode }) => perNode)),
  };
}
