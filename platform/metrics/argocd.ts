import type { MetricSourceData } from '../../model/platform/metric';

const ofApplication = ['namespace', 'name', 'project'];

export const argocd = {
  description: 'What Argo CD says of applications: synced or not, healthy or not, how syncs ended',
  readAt: {
    source:
      'github.com/argoproj/argo-cd, controller/metrics/metrics.go, controller/metrics/clustercollector.go, commit ' +
      '66b2f302d91a42cc151808da0eec0846bbe1062c; phases of a sync: docs/operator-manual/metrics.md',
    version: 'v3.2.0, the minor that docs/argocd.md names; whoever brings up a cluster installs it',
    date: '2026-11-27',
  },
  scrape:
    'PodMonitor argocd-application-controller of ours, port 8082, with honorLabels: namespace is that of the Application. ' +
    "Argo CD's own NetworkPolicy lets every namespace in there",
  since: 'phase-1',
  targetLabels: ['job', 'instance', 'namespace', 'pod', 'container'],
  metrics: {
    argocd_app_info: {
      type: 'gauge',
      unit: 'state',
      meaning: 'One for each application, with its state in the labels',
      labels: [
        ...ofApplication,
        'autosync_enabled',
        'repo',
        'dest_server',
        'dest_namespace',
        'sync_status',
        'health_status',
        'operation',
      ],
    },
    argocd_app_sync_total: {
      type: 'counter',
      unit: 'count',
      meaning: 'Syncs by how they ended: Succeeded, Failed, Error',
      labels: [...ofApplication, 'dest_server', 'phase', 'dry_run'],
    },
    argocd_app_reconcile: {
      type: 'histogram',
      unit: 'seconds',
      meaning: 'How long comparing with Git took',
      labels: ['namespace', 'dest_server'],
    },
    argocd_cluster_connection_status: {
      type: 'gauge',
      unit: 'state',
      meaning: 'Whether Argo CD reaches a cluster',
      labels: ['server', 'k8s_version'],
    },
  },
} satisfies MetricSourceData;

export const argocdRepoServer = {
  ...argocd,
  description: 'What Argo CD asks of Git, and whether Git answers',
  readAt: { ...argocd.readAt, source: 'github.com/argoproj/argo-cd, reposerver/metrics/metrics.go, the same commit' },
  scrape: 'PodMonitor argocd-repo-server of ours, port 8084, open to every namespace too',
  metrics: {
    argocd_git_request_total: {
      type: 'counter',
      unit: 'count',
      meaning: 'Questions to Git',
      labels: ['repo', 'request_type'],
    },
    argocd_git_fetch_fail_total: {
      type: 'counter',
      unit: 'count',
      meaning: 'Fetches that failed',
      labels: ['repo', 'revision'],
    },
    argocd_git_lsremote_fail_total: {
      type: 'counter',
      unit: 'count',
      meaning: 'Branches that could not be looked up',
      labels: ['repo', 'revision'],
    },
  },
} satisfies MetricSourceData;
