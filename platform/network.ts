import type { Network } from '../model/platform/network';

/** Whom every pod may reach, and who may reach every pod, where all else is denied. */
export const network = {
  // Cluster DNS and its cache on each node, by the label that Kubernetes, GKE and kind give both.
  dns: { namespace: 'kube-system', label: 'k8s-app', values: ['kube-dns', 'node-local-dns'] },
  metricsReader: { namespace: 'monitoring' },
} satisfies Network;
