import type { ChartData } from '../../model/platform/chart';
import { onAddonNodes } from './placement';

export const certManager = {
  description: 'Issues and renews the certificates that the cluster uses inside',
  since: 'phase-1',
  repository: 'https://charts.jetstack.io',
  version: 'v1.21.1',
  // The Chart.yaml of the sources says v0.0.0: the release job writes the tag into it.
  readAt: {
    source: 'github.com/cert-manager/cert-manager, tag v1.21.1, deploy/charts/cert-manager',
    commit: '24e33194fb39488eff2bbf10c6dc640f407cad44',
    date: '2026-11-25',
  },
  namespace: 'cert-manager',
  stage: 'before',
  // Its ServiceMonitor.
  after: ['prometheus-operator-crds'],
  parts: [
    { addon: 'certificates-and-secrets', resourcesAt: 'resources', count: 1 },
    { addon: 'certificates-and-secrets', resourcesAt: 'webhook.resources', count: 1 },
    { addon: 'certificates-and-secrets', resourcesAt: 'cainjector.resources', count: 1 },
  ],
  values: {
    // `keep` marks them with Helm's own annotation, which Argo CD (2.8 and newer) takes for Prune=false.
    crds: { enabled: true, keep: true },
    // The default is kube-system, where this project's Argo CD may write nothing.
    global: { leaderElection: { namespace: 'cert-manager' } },
    // A Helm hook that would run again on every sync; Argo CD waits for the Deployments anyway.
    startupapicheck: { enabled: false },
    // Otherwise the namespace of a certificate would be told as that of cert-manager.
    prometheus: { servicemonitor: { enabled: true, honorLabels: true } },
    nodeSelector: onAddonNodes,
    resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    webhook: {
      nodeSelector: onAddonNodes,
      resources: { requests: { cpu: '25m', memory: '32Mi' }, limits: { memory: '64Mi' } },
    },
    cainjector: {
      nodeSelector: onAddonNodes,
      resources: { requests: { cpu: '25m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    },
  },
} satisfies ChartData;
