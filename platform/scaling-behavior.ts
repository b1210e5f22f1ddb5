import type { ScalingBehavior } from '../model/platform/autoscaling';

/** For services that start in seconds: doubles within a minute, goes down a pod a minute. */
export const fastStart = {
  scaleUp: {
    stabilizationWindowSeconds: 30,
    selectPolicy: 'Max',
    policies: [
      { type: 'Percent', value: 100, periodSeconds: 60 },
      { type: 'Pods', value: 1, periodSeconds: 30 },
    ],
  },
  scaleDown: {
    stabilizationWindowSeconds: 300,
    selectPolicy: 'Max',
    policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }],
  },
} satisfies ScalingBehavior;

/**
 * For services that load models for minutes: up at once, since waiting costs users more than a pod; down slowly, since
 * a warm model is what the next peak needs (platform design, section 2.1).
 */
export const slowStart = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Pods', value: 2, periodSeconds: 30 },
      { type: 'Percent', value: 100, periodSeconds: 30 },
    ],
  },
  scaleDown: {
    stabilizationWindowSeconds: 600,
    selectPolicy: 'Max',
    policies: [{ type: 'Pods', value: 1, periodSeconds: 180 }],
  },
} satisfies ScalingBehavior;
