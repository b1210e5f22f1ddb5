import * as z from 'zod';
import { dnsLabel, memoryQuantity } from './fields';

/** At most this change per period: a number of pods, or a percentage of those that run. */
const scalingPolicy = z.strictObject({
  type: z.enum(['Pods', 'Percent']),
  value: z.int().min(1),
  periodSeconds: z.int().min(1).max(1800),
});

const scalingRules = z.strictObject({
  /** How long back the recommendations are looked at before the direction is followed. */
  stabilizationWindowSeconds: z.int().min(0).max(3600),
  policies: z.array(scalingPolicy).min(1),
  selectPolicy: z.enum(['Max', 'Min']),
});

/** How fast replicas follow their metrics. */
const behavior = z.strictObject({ scaleUp: scalingRules, scaleDown: scalingRules });

/**
 * CPU of the application's own container. A sidecar's idle request would dilute the figure of the whole pod, and one
 * without a request would make it undefined.
 */
const containerCpu = z.strictObject({
  container: dnsLabel,
  /** Percent of the container's CPU request. */
  averageUtilization: z.int().min(1).max(100),
});

const common = {
  /** The fewest are the workload's `replicas`: one number, in one place. */
  maxReplicas: z.int().min(2),
  cpu: containerCpu,
  behavior,
};

const horizontalPodAutoscaler = z.strictObject({ ...common, kind: z.literal('HorizontalPodAutoscaler') });

const scaledObject = z.strictObject({
  ...common,
  kind: z.literal('ScaledObject'),
  /** What CPU does not show: one pod for every `threshold` of the query's value. */
  prometheus: z.array(z.strictObject({ name: dnsLabel, query: z.string().min(3), threshold: z.int().min(1) })),
  /** Replicas kept through the platform's peak hours, above the minimum. */
  peakReplicas: z.int().min(2).optional(),
  /** Replicas to run while the query can't be answered, after that many failures. */
  fallback: z.strictObject({ failureThreshold: z.int().min(1), replicas: z.int().min(1) }),
});

export const autoscalingSchema = z.discriminatedUnion('kind', [horizontalPodAutoscaler, scaledObject]);

/** What scales a workload's replicas. Its kind must not change once it is there: the two would fight. */
export type Autoscaling = z.infer<typeof autoscalingSchema>;
export type ScaledObjectAutoscaling = z.infer<typeof scaledObject>;
export type ScalingBehavior = z.infer<typeof behavior>;

const recommendOnly = z.strictObject({ mode: z.literal('Off') });

const memoryAtStart = z.strictObject({
  mode: z.literal('Initial'),
  container: dnsLabel,
  /** Bounds of the memory request; the limit stays as it is. */
  minAllowed: z.strictObject({ memory: memoryQuantity }),
  maxAllowed: z.strictObject({ memory: memoryQuantity }),
});

export const verticalScalingSchema = z.discriminatedUnion('mode', [recommendOnly, memoryAtStart]);

/**
 * What a VerticalPodAutoscaler does: `Off` only recommends; `Initial` sets the memory request of new pods. Never CPU,
 * which the horizontal autoscaler reads.
 */
export type VerticalScaling = z.infer<typeof verticalScalingSchema>;
