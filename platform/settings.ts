import type { Settings } from '../model/platform/platform';

/**
 * What a fork changes first. The example.com addresses are placeholders: nothing is pulled from or published at
 * them, and `aia check` says "not set yet" while they stand here.
 */
export const settings = {
  name: 'aia',
  namespace: 'aia',
  labelDomain: 'aia.io',
  domain: 'aia.example.com',
  gatewayAddress: 'aia-gateway',
  registry: 'registry.example.com',
  prometheusUrl: 'http://kube-prometheus-stack-prometheus.monitoring.svc.cluster.local:9090',
  repositoryUrl: 'https://git.example.com/aia/aia-gitops.git',
  branch: 'main',
  argocdNamespace: 'argocd',
} satisfies Settings;
