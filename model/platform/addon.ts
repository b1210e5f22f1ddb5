import { z } from 'zod';
import { cpuQuantity, memoryQuantity } from './fields';
import type { Named } from './named';
import { phaseId } from './phase';

const amounts = z.strictObject({ cpu: cpuQuantity, memory: memoryQuantity });

/**
 * What an add-on asks of the nodes. Its charts render the pods; the totals, the capacity and the cost count this.
 * Amounts are for the whole add-on, `perNode` ones for its DaemonSet's pod on each node.
 */
export const addonSchema = z.strictObject({
  /** One sentence for people: what the platform needs it for. */
  description: z.string().min(10),
  since: phaseId,
  requests: amounts.optional(),
  perNode: amounts.optional(),
  /** The part of both that no chart of ours installs: what the cloud brings. */
  elsewhere: z
    .strictObject({ what: z.string().min(5), requests: amounts.optional(), perNode: amounts.optional() })
    .optional(),
});

/** Software that the platform needs on a cluster and that somebody else wrote. */
export type Addon = Named<z.infer<typeof addonSchema>>;
