import type { Place } from '../model/platform/presence';
import type { RowSpec } from './board';
import { FAILED, latency, RATE, requestRate, SERVED } from './queries';

/** Which part of the platform is ill, once the rows above say that something is. */
export function causes({ platform }: Place): RowSpec[] {
  const { namespace } = platform.settings;
  const ours = `namespace="${namespace}"`;
  return [
    {
      title: 'Where it comes from',
      panels: [
        {
          kind: 'timeseries',
          title: 'Errors by workload',
          description: 'Server errors a second that each workload answered with, as its own proxy counts them.',
          unit: 'requestsPerSecond',
          queries: [
            {
              expr: requestRate(
                `reporter="destination",destination_workload_namespace="${namespace}",${FAILED}`,
                'destination_workload',
              ),
              legend: '{{destination_workload}}',
            },
          ],
          runbook: 'failing-requests',
        },
        {
          kind: 'timeseries',
          title: 'Response time by workload, 95 of 100',
          description: 'Which workload is slow; the parts of the path add up to what users wait.',
          unit: 'milliseconds',
          queries: [
            {
              expr: latency(
                0.95,
                `reporter="destination",destination_workload_namespace="${namespace}",${SERVED}`,
                'destination_workload',
              ),
              legend: '{{destination_workload}}',
            },
          ],
          runbook: 'slow-requests',
        },
        {
          kind: 'timeseries',
          title: 'Restarts',
          description: 'Restarts of containers in the last 15 minutes. More than two is a crash loop.',
          unit: 'count',
          queries: [
            {
              expr: `sum by (pod, container) (increase(kube_pod_container_status_restarts_total{${ours}}[15m])) > 0`,
              legend: '{{pod}} {{container}}',
            },
          ],
          steps: [{ from: 3, color: 'red' }],
          runbook: 'crash-loop',
        },
        {
          kind: 'timeseries',
          title: 'Pods that are missing',
          description: 'Pods that a workload should have and that are not available.',
          unit: 'count',
          queries: [
            {
              expr: `kube_deployment_spec_replicas{${ours}} - kube_deployment_status_replicas_available{${ours}} > 0`,
              legend: '{{deployment}}',
            },
            {
              expr: `kube_statefulset_replicas{${ours}} - kube_statefulset_status_replicas_available{${ours}} > 0`,
              legend: '{{statefulset}}',
            },
          ],
          runbook: 'not-ready',
        },
        {
          kind: 'table',
          title: 'Alerts that fire',
          description: 'Each has a runbook in docs/runbooks/.',
          unit: 'count',
          queries: [
            {
              expr: 'count by (alertname, severity, namespace, pod) (ALERTS{alertstate="firing",severity=~"page|ticket"})',
            },
          ],
        },
      ],
    },
    {
      title: 'Jobs',
      panels: [
        {
          kind: 'timeseries',
          title: 'Time since a job ended well',
          description:
            'Backups, data protection, batch. Each should fall back to zero as often as its schedule says; one that only ' +
            'climbs is missed.',
          unit: 'seconds',
          queries: [{ expr: `time() - kube_cronjob_status_last_successful_time{${ours}}`, legend: '{{cronjob}}' }],
          width: 12,
          runbook: 'batch-late',
        },
        {
          kind: 'timeseries',
          title: 'Jobs that failed',
          description: 'Pods of jobs that failed and are still there to be looked at.',
          unit: 'count',
          queries: [{ expr: `sum by (job_name) (kube_job_status_failed{${ours}}) > 0`, legend: '{{job_name}}' }],
          width: 12,
          runbook: 'batch-late',
        },
      ],
    },
    {
      title: 'The watchers themselves',
      panels: [
        {
          kind: 'timeseries',
          title: 'Targets that do not answer',
          description: 'Whoever is not read can not raise an alarm.',
          unit: 'count',
          queries: [{ expr: 'count by (job) (up == 0)', legend: '{{job}}' }],
          steps: [{ from: 1, color: 'red' }],
          runbook: 'metrics-missing',
        },
        {
          kind: 'timeseries',
          title: 'Rules and messages that failed',
          description:
            'Rules that Prometheus could not evaluate, and messages that Alertmanager could not deliver, a second.',
          unit: 'perSecond',
          queries: [
            { expr: `sum(rate(prometheus_rule_evaluation_failures_total${RATE}))`, legend: 'rules' },
            { expr: `sum(rate(prometheus_notifications_dropped_total${RATE}))`, legend: 'alerts nobody took' },
            {
              expr: `sum by (integration) (rate(alertmanager_notifications_failed_total${RATE}))`,
              legend: 'messages by {{integration}}',
            },
          ],
          runbook: 'dead-mans-switch',
        },
      ],
    },
  ];
}
