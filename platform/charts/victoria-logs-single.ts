import type { ChartData } from '../../model/platform/chart';
import { onAddonNodes, onTaintedNodes } from './placement';

/** Store and collector in one chart; Apache-2.0, one pod, no object store needed. */
export const victoriaLogsSingle = {
  description: 'VictoriaLogs: keeps the logs of all pods; its Vector agents collect them on every node',
  since: 'phase-1',
  repository: 'https://victoriametrics.github.io/helm-charts',
  version: '0.13.9',
  readAt: {
    source:
      'github.com/VictoriaMetrics/helm-charts, tag victoria-logs-single-0.13.9, whose lock names vector 0.57.0 (read too)',
    commit: 'cd5f43931efcdd7b35046938732244f6e113ea1b',
    date: '2026-11-25',
  },
  namespace: 'logging',
  stage: 'after',
  parts: [
    { addon: 'logging', resourcesAt: 'server.resources', count: 1 },
    { addon: 'node-agents', resourcesAt: 'vector.resources', count: 'perNode' },
  ],
  storageClassAt: ['server.persistentVolume.storageClassName'],
  values: {
    server: {
      nodeSelector: onAddonNodes,
      priorityClassName: 'aia-platform-low',
      // Logs can hold personal data: two weeks are enough to look into an incident.
      retentionPeriod: '14d',
      persistentVolume: { size: '50Gi' },
      resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '1Gi' } },
    },
    vector: {
      enabled: true,
      podPriorityClassName: 'aia-platform-low',
      tolerations: onTaintedNodes,
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    },
  },
} satisfies ChartData;
