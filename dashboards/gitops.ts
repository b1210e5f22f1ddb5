import type { Place } from '../model/platform/presence';
import type { BoardSpec } from './board';
import { RATE } from './queries';

/** What Argo CD does, and what comes of it: is the cluster what Git says, and do rollouts get through. */
export function gitops({ platform }: Place): BoardSpec {
  const { namespace } = platform.settings;
  const ours = `namespace="${namespace}"`;
  return {
    uid: 'aia-gitops',
    title: 'AIA / GitOps',
    description: 'Whether the cluster is what Git says, how syncs end, and whether rollouts get through.',
    rows: [
      {
        title: 'Applications',
        panels: [
          {
            kind: 'stat',
            title: 'Out of sync',
            description: 'Applications that are not what Git says.',
            unit: 'count',
            queries: [{ expr: 'count(argocd_app_info{sync_status!="Synced"}) or vector(0)' }],
            steps: [{ from: 1, color: 'orange' }],
            runbook: 'sync-failed',
          },
          {
            kind: 'stat',
            title: 'Not healthy',
            description: 'Applications that are neither healthy nor on their way.',
            unit: 'count',
            queries: [{ expr: 'count(argocd_app_info{health_status!~"Healthy|Progressing"}) or vector(0)' }],
            steps: [{ from: 1, color: 'red' }],
            runbook: 'sync-failed',
          },
          {
            kind: 'stat',
            title: 'On their way',
            description: 'Applications that are progressing. For long: something does not become ready.',
            unit: 'count',
            queries: [{ expr: 'count(argocd_app_info{health_status="Progressing"}) or vector(0)' }],
            runbook: 'not-ready',
          },
          {
            kind: 'table',
            title: 'All applications',
            description: 'Name, project, whether synced and healthy.',
            unit: 'count',
            queries: [{ expr: 'max by (name, project, sync_status, health_status, operation) (argocd_app_info)' }],
            runbook: 'sync-failed',
          },
        ],
      },
      {
        title: 'Syncs',
        panels: [
          {
            kind: 'timeseries',
            title: 'Syncs by how they ended',
            description: 'In an hour. A promotion is a handful; the same one again and again is a fight over a field.',
            unit: 'count',
            queries: [
              { expr: 'sum by (phase) (increase(argocd_app_sync_total{dry_run!="true"}[1h]))', legend: '{{phase}}' },
            ],
            stacked: true,
          },
          {
            kind: 'timeseries',
            title: 'Syncs that failed',
            description: 'In an hour, by application.',
            unit: 'count',
            queries: [
              {
                expr: 'sum by (name) (increase(argocd_app_sync_total{phase=~"Error|Failed"}[1h])) > 0',
                legend: '{{name}}',
              },
            ],
            steps: [{ from: 1, color: 'red' }],
            runbook: 'sync-failed',
          },
          {
            kind: 'timeseries',
            title: 'Time to compare with Git',
            description: '95 of 100 comparisons took less. It climbs when Argo CD has too much to do.',
            unit: 'seconds',
            queries: [
              {
                expr: `histogram_quantile(0.95, sum by (le) (rate(argocd_app_reconcile_bucket${RATE})))`,
                legend: '95 of 100',
              },
            ],
          },
          {
            kind: 'timeseries',
            title: 'Git does not answer',
            description:
              'Fetches that failed, a second: credentials, network, or the repository is gone. Nothing new is rolled out.',
            unit: 'perSecond',
            queries: [
              { expr: `sum by (repo) (rate(argocd_git_fetch_fail_total${RATE}))`, legend: 'fetch {{repo}}' },
              { expr: `sum by (repo) (rate(argocd_git_lsremote_fail_total${RATE}))`, legend: 'look up {{repo}}' },
            ],
            runbook: 'sync-failed',
          },
        ],
      },
      {
        title: 'Rollouts',
        panels: [
          {
            kind: 'timeseries',
            title: 'Pods of the old version',
            description:
              'Replicas that are not of the newest template yet. For longer than ten minutes: the rollout is stuck.',
            unit: 'count',
            queries: [
              {
                expr: `kube_deployment_status_replicas{${ours}} - kube_deployment_status_replicas_updated{${ours}} > 0`,
                legend: '{{deployment}}',
              },
              {
                expr: `kube_statefulset_status_replicas{${ours}} - kube_statefulset_status_replicas_updated{${ours}} > 0`,
                legend: '{{statefulset}}',
              },
            ],
            runbook: 'not-ready',
          },
          {
            kind: 'timeseries',
            title: 'Rollouts that gave up',
            description: '1: Kubernetes waited for the deadline of the Deployment and no longer expects it to end.',
            unit: 'count',
            queries: [
              {
                expr: `max by (deployment) (kube_deployment_status_condition{${ours},condition="Progressing",status="false"}) > 0`,
                legend: '{{deployment}}',
              },
            ],
            steps: [{ from: 1, color: 'red' }],
            runbook: 'not-ready',
          },
          {
            kind: 'table',
            title: 'Images that run',
            description: 'Pods by image: two versions of one at a time is a rollout.',
            unit: 'count',
            queries: [{ expr: `count by (container, image_spec) (kube_pod_container_info{${ours}})` }],
          },
        ],
      },
      {
        title: 'Certificates and secrets',
        panels: [
          {
            kind: 'timeseries',
            title: 'Time left of certificates',
            description:
              'Of those that cert-manager renews. It does so with a third of the time left; one that falls further is not renewed.',
            unit: 'seconds',
            queries: [
              {
                expr: 'min by (namespace, name) (certmanager_certificate_expiration_timestamp_seconds) - time()',
                legend: '{{namespace}}/{{name}}',
              },
            ],
            runbook: 'certificate-expiry',
          },
          {
            kind: 'timeseries',
            title: 'Certificates that are not ready',
            description: '1: cert-manager could not issue or renew it.',
            unit: 'count',
            queries: [
              {
                expr: 'max by (namespace, name) (certmanager_certificate_ready_status{condition!="True"}) > 0',
                legend: '{{namespace}}/{{name}}',
              },
            ],
            steps: [{ from: 1, color: 'red' }],
            runbook: 'certificate-expiry',
          },
          {
            kind: 'timeseries',
            title: 'Secrets that do not arrive',
            description:
              "1: a secret could not be read from the cloud's store. Pods keep what they have, until they restart.",
            unit: 'count',
            queries: [
              {
                expr: 'max by (namespace, name) (externalsecret_status_condition{condition="Ready",status="False"}) > 0',
                legend: '{{namespace}}/{{name}}',
              },
            ],
            steps: [{ from: 1, color: 'red' }],
          },
        ],
      },
    ],
  };
}
