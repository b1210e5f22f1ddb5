import type { PriorityData } from '../model/platform/platform';

/**
 * Who gets a place when the nodes are full. A value can't be changed once the class exists, so the gaps leave room
 * for classes in between.
 */
export const priorities = {
  'aia-critical': {
    value: 1_000_000,
    description: 'Core platform: front door, API, interface, WebSocket gateway, cache, store',
    preemptionPolicy: 'PreemptLowerPriority',
  },
  'aia-cognitive': {
    value: 900_000,
    description: 'Cognitive, biometric and ML inference processing',
    preemptionPolicy: 'PreemptLowerPriority',
  },
  'aia-platform-low': {
    value: 500_000,
    description: 'Add-ons the platform survives without for a while: logging, tracing',
    preemptionPolicy: 'PreemptLowerPriority',
  },
  'aia-batch': {
    value: 100_000,
    description: 'Batch jobs: they wait for room and never push anything off a node',
    preemptionPolicy: 'Never',
  },
} satisfies Record<string, PriorityData>;
