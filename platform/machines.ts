import type { Machine } from '../model/platform/cluster';

/** Machine types of the pools. */
export const machines = {
  /** 4 vCPU, 16 GiB; allocatable as GKE reserves it (docs/capacity figures of the platform design, August 2026). */
  'n2d-standard-4': {
    capacity: { cpu: '4', memory: '16Gi', ephemeralStorage: '94Gi' },
    allocatable: { cpu: '3920m', memory: '13597Mi', ephemeralStorage: '47Gi' },
    pods: 110,
  },
  /** A node at an edge site: 2 cores, 8 GiB, little reserved since nothing else runs there. */
  'edge-site': {
    capacity: { cpu: '2', memory: '8Gi', ephemeralStorage: '60Gi' },
    allocatable: { cpu: '1900m', memory: '7Gi', ephemeralStorage: '50Gi' },
    pods: 110,
  },
  /** A kind node sees the whole laptop; this is what the platform expects of one. */
  'kind-node': {
    capacity: { cpu: '8', memory: '16Gi', ephemeralStorage: '100Gi' },
    allocatable: { cpu: '8', memory: '16Gi', ephemeralStorage: '100Gi' },
    pods: 110,
  },
} satisfies Record<string, Machine>;
