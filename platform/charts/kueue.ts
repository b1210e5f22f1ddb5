import type { ChartData, Values } from '../../model/platform/chart';
import { settings } from '../settings';
import { onAddonNodes } from './placement';

/** What the manager reads instead of the chart's own file: that one manages every kind of job of every namespace. */
const configuration: Values = {
  apiVersion: 'config.kueue.x-k8s.io/v1beta2',
  kind: 'Configuration',
  health: { healthProbeBindAddress: ':8081' },
  // Quotas and what is used of them: of one queue, which is few series.
  metrics: { bindAddress: ':8443', enableClusterQueueResources: true },
  webhook: { port: 9443 },
  leaderElection: { leaderElect: true, resourceName: 'c1f6bfd2.kueue.x-k8s.io' },
  // A job without a queue's name is nobody's business: erasure and retention must start whether there is room or not.
  manageJobsWithoutQueueName: false,
  // The chart copies this into the webhooks for jobs and pods. They fail closed for jobs, so that none slips past its
  // queue: while Kueue doesn't answer no Job of this namespace is created. Its CronJobs' controller tries again.
  managedJobsNamespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': settings.namespace } },
  // With `pod` or `deployment` in here, no pod of the platform could be created while Kueue is down.
  integrations: { frameworks: ['batch/job'] },
};

export const kueue = {
  description: 'Lets batch jobs start when their whole quota on spot nodes is free, and keeps them waiting until then',
  since: 'phase-3',
  only: 'spot',
  repository: 'registry.k8s.io/kueue/charts',
  version: '0.19.2',
  // The release job writes tag and image into the values, which in the sources name a staging registry.
  readAt: {
    source: 'github.com/kubernetes-sigs/kueue, tag v0.19.2, charts/kueue',
    commit: '8eab68778fc1b52affe165fdf5af29d1e9b4f3cb',
    date: '2026-11-27',
  },
  namespace: 'kueue-system',
  // A role binding that lets its API of waiting jobs check who asks.
  alsoIn: ['kube-system'],
  stage: 'before',
  // The certificates of its webhooks, of its metrics and of that API; its ServiceMonitor.
  after: ['cert-manager', 'prometheus-operator-crds'],
  parts: [{ addon: 'batch-queueing', resourcesAt: 'controllerManager.manager.resources', count: 1 }],
  values: {
    // The definitions are ordinary templates, out of reach of values: Argo CD keeps them when the chart goes, but a
    // version of the chart that dropped one would take its objects along. Read them before an upgrade.
    enableCertManager: true,
    // It answers only to whom the API server lets read /metrics, which the monitoring chart's role does.
    enablePrometheus: true,
    controllerManager: {
      // One pod: while it restarts, running jobs run on and waiting ones wait longer. No budget, which would forbid drains.
      replicas: 1,
      nodeSelector: onAddonNodes,
      manager: {
        image: { repository: 'registry.k8s.io/kueue/kueue', tag: 'v0.19.2', pullPolicy: 'IfNotPresent' },
        // One queue and two jobs at a time; the chart's 500m are for thousands.
        resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
      },
    },
    managerConfig: { controllerManagerConfigYaml: JSON.stringify(configuration, null, 2) },
  },
} satisfies ChartData;
