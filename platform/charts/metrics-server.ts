import type { ChartData } from '../../model/platform/chart';
import { onAddonNodes } from './placement';

export const metricsServer = {
  description: 'Serves the usage of pods and nodes: what autoscalers and `kubectl top` read',
  since: 'phase-1',
  repository: 'https://kubernetes-sigs.github.io/metrics-server',
  version: '3.13.1',
  readAt: {
    source: 'github.com/kubernetes-sigs/metrics-server, tag metrics-server-helm-chart-3.13.1, charts/metrics-server',
    commit: '842dcc8c42f22cc19f10c7d5f2d32a9f4b6013b0',
    date: '2026-11-25',
  },
  // The chart's default priority class (system-cluster-critical) is admitted here on every cloud.
  namespace: 'kube-system',
  stage: 'before',
  parts: [{ addon: 'dns-and-metrics', resourcesAt: 'resources', count: 1 }],
  values: {
    nodeSelector: onAddonNodes,
    resources: { requests: { cpu: '100m', memory: '200Mi' }, limits: { memory: '400Mi' } },
  },
} satisfies ChartData;
