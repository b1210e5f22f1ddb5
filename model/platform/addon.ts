import * as z from 'zod';
import { clusterRole, type ClusterData } from './cluster';
import { cpuQuantity, memoryQuantity } from './fields';
import type { Named } from './named';
import { phaseId } from './phase';

const amounts = z.strictObject({ cpu: cpuQuantity, memory: memoryQuantity });

/**
 * What a cluster must have to need something: a mesh, workloads that scale, nodes on spot capacity in some phase, a part
 * in global load balancing.
 */
export const need = z.enum(['mesh', 'autoscaling', 'spot', 'global']);

/**
 * What an add-on asks of the nodes. Its charts render the pods; the totals, the capacity and the cost count this.
 * Amounts are for the whole add-on, `perNode` ones for its DaemonSet's pod on each node.
 */
export const addonSchema = z.strictObject({
  /** One sentence for people: what the platform needs it for. */
  description: z.string().min(10),
  since: phaseId,
  /** Clusters that have it, by their role; left out: all but edge sites. */
  roles: z.array(clusterRole).min(1).optional(),
  /** What a cluster must have to need it; left out: every cluster does. */
  only: need.optional(),
  requests: amounts.optional(),
  /** The same when it has scaled to its own maximum. */
  requestsAtMaximum: amounts.optional(),
  perNode: amounts.optional(),
  /** The part of both that no chart of ours installs: what the cloud brings. */
  elsewhere: z
    .strictObject({ what: z.string().min(5), requests: amounts.optional(), perNode: amounts.optional() })
    .optional(),
});

/** Software that the platform needs on a cluster and that somebody else wrote. */
export type Addon = Named<z.infer<typeof addonSchema>>;

/** Whether a cluster has what an add-on or a chart is only for; every cluster needs what is for all. */
export function isNeededOn(cluster: ClusterData, only: z.infer<typeof need> | undefined): boolean {
  switch (only) {
    case 'mesh':
      return cluster.mesh;
    case 'autoscaling':
      return cluster.replicas === undefined;
    case 'spot':
      return Object.values(cluster.pools).some((pools) => pools.some(({ capacity }) => capacity === 'spot'));
    case 'global':
      return cluster.globalDns === true;
    case undefined:
      return true;
  }
}
