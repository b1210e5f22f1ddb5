import { addRequests, NO_REQUESTS, podRequests, type Requests } from '../pod-requests';
import type { ExtraRequests } from '../totals';
import type { Cluster } from './cluster';
import { atPhase, isSince, type PhaseId } from './phase';
import type { Platform } from './platform';

/** Nodes that a cluster has in a phase, all pools together. */
export function nodeCount(cluster: Cluster, phase: PhaseId): number {
  return (atPhase(cluster.pools, phase) ?? []).reduce((sum, pool) => sum + pool.zones.length * pool.nodesPerZone, 0);
}

/** What the add-ons of a phase request, as the data has it: their charts are rendered by Argo CD, not here. */
export function addonRequests(platform: Platform, phase: PhaseId): ExtraRequests {
  const addons = Object.values(platform.addons).filter(({ since }) => isSince(since, phase));
  const sum = (amounts: ({ cpu: string; memory: string } | undefined)[]): Requests =>
    amounts
      .map((requests) => (requests === undefined ? NO_REQUESTS : podRequests({ resources: { requests } })))
      .reduce(addRequests, NO_REQUESTS);
  return { fixed: sum(addons.map(({ requests }) => requests)), perNode: sum(addons.map(({ perNode }) => perNode)) };
}
