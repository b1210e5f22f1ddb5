import type { ChartData } from '../../model/platform/chart';
import { keepDefinitions, onAddonNodes } from './placement';

export const externalSecrets = {
  description: "Copies secrets from the cloud's secret store, so that none stands in Git",
  since: 'phase-1',
  repository: 'https://charts.external-secrets.io',
  version: '2.9.0',
  readAt: {
    source: 'github.com/external-secrets/external-secrets, tag helm-chart-2.9.0, deploy/charts/external-secrets',
    commit: 'cc5bfbc2234ace9cb0caff4ea89c435cf517b27b',
    date: '2026-11-25',
  },
  namespace: 'external-secrets',
  stage: 'before',
  // Its ServiceMonitor.
  after: ['prometheus-operator-crds'],
  parts: [
    { addon: 'certificates-and-secrets', resourcesAt: 'resources', count: 1 },
    { addon: 'certificates-and-secrets', resourcesAt: 'webhook.resources', count: 1 },
    { addon: 'certificates-and-secrets', resourcesAt: 'certController.resources', count: 1 },
  ],
  values: {
    crds: { annotations: keepDefinitions },
    // Otherwise the namespace of a secret would be told as that of the operator.
    serviceMonitor: { enabled: true, renderMode: 'alwaysRender', honorLabels: true },
    nodeSelector: onAddonNodes,
    resources: { requests: { cpu: '50m', memory: '80Mi' }, limits: { memory: '256Mi' } },
    webhook: {
      nodeSelector: onAddonNodes,
      resources: { requests: { cpu: '25m', memory: '40Mi' }, limits: { memory: '128Mi' } },
    },
    certController: {
      nodeSelector: onAddonNodes,
      resources: { requests: { cpu: '25m', memory: '40Mi' }, limits: { memory: '128Mi' } },
    },
  },
} satisfies ChartData;
