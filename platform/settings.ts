import type { Settings } from '../model/platform/platform';

/**
 * What a fork changes first. The example.com addresses are placeholders: nothing is pulled from or published at
 * them, and `aia check` says "not set yet" while they stand here.
 */
export const settings = {
  name: 'aia',
  description:
    'Neuro-cognitive analytics. People reach it through an API, a web interface and a WebSocket stream; cognitive and biometric processors turn their signals into results with models that an inference service runs; a cache holds what is hot, a store what must last.',
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
