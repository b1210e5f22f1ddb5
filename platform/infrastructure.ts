import type { Infrastructure } from '../model/platform/infrastructure';

/** Google Cloud: what all clusters share. `aia-example` is a placeholder; a fork writes its own project here. */
export const infrastructure = {
  project: 'aia-example',
  network: 'aia',
  releaseChannel: 'regular',
  keys: { ring: 'aia', disks: 'disks', database: 'database', rotationDays: 90 },
  nodes: {
    serviceAccount: 'aia-nodes',
    bootDiskType: 'pd-balanced',
    bootDiskGiB: 50,
    // A node is added before one is taken away: at phase 3 no node has room for another's pods.
    upgrade: { maxSurge: 1, maxUnavailable: 0 },
  },
  // As docs/add-ons.md has them; cert-manager and external-secrets listen on 10250, which GKE opens itself.
  webhooks: [
    { port: 15017, of: 'istiod' },
    { port: 9443, of: 'KEDA admission' },
    { port: 6443, of: 'KEDA metrics' },
    { port: 8000, of: 'vertical-pod-autoscaler' },
  ],
} satisfies Infrastructure;
