import * as z from 'zod';
import { phaseId } from './phase';

const ratio = z.number().min(0).max(1);

const gateSchema = z.strictObject({
  /** Available over desired pods of the whole cluster, averaged over the dwell: 0.85 is 85 %. */
  health: ratio,
  /** The same for each workload alone: a sum hides one service that is down. */
  workloadHealth: ratio,
  /** Seconds that the values are watched, from the moment when the rollout is complete. */
  dwellSeconds: z.int().min(1),
  /** Minutes from the step's commit after which it is backed out. */
  deadlineMinutes: z.number().positive(),
  /** Restarts of containers that are tolerated within the dwell, all pods together. */
  maxRestarts: z.int().min(0),
  /** Pods that may be without a node at the same time. */
  maxPendingPods: z.int().min(0),
  /** Whether Argo CD must call all applications healthy; where some pods may fail, it never does. */
  applicationsHealthy: z.boolean(),
  /** Requests that are answered without a server error; asked only with `--prometheus`. */
  successRate: ratio.optional(),
  /** Requests that are answered within the mesh's response time objective; asked only with `--prometheus`. */
  fastRequests: ratio.optional(),
  /** Names of alerts (a regular expression) that must not fire; asked only with `--prometheus`. */
  quietAlerts: z.string().optional(),
});

export const gatesSchema = z.strictObject({
  phases: z.record(phaseId, gateSchema),
  /** Minutes after a revert in which the old state is expected to be back and healthy. */
  backOutMinutes: z.number().positive(),
  /** Minutes in which somebody must have created, or drained and deleted, the nodes that a step exchanges. */
  poolMinutes: z.number().positive(),
});

/** What a cluster must show before a step to a phase counts as done. */
export type Gate = z.infer<typeof gateSchema>;

/** The gates of all phases; a phase that is not built yet has its gate already. */
export type Gates = z.infer<typeof gatesSchema>;
