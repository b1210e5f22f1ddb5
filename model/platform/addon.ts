import { z } from 'zod';
import { cpuQuantity, memoryQuantity } from './fields';
import type { Named } from './named';
import { phaseId } from './phase';

/**
 * What an add-on asks of the nodes. Its chart renders the pods; the totals, the capacity and the cost count this.
 * Amounts are for the whole add-on, `perNode` ones for its DaemonSet's pod on each node.
 */
export const addonSchema = z.strictObject({
  /** One sentence for people: what the platform needs it for. */
  description: z.string().min(10),
  since: phaseId,
  requests: z.strictObject({ cpu: cpuQuantity, memory: memoryQuantity }).optional(),
  perNode: z.strictObject({ cpu: cpuQuantity, memory: memoryQuantity }).optional(),
});

/** Software that the platform needs on a cluster and that somebody else wrote. */
export type Addon = Named<z.infer<typeof addonSchema>>;
