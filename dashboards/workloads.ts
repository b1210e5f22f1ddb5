import { workloadsOn, type Place } from '../model/platform/presence';
import type { BoardSpec } from './board';
import { FAILED, latency, podsOf, RATE, requestRate, SERVED } from './queries';
import { saturation } from './workload-saturation';

/** One workload at a time: traffic, errors, latency, saturation, scaling, restarts. */
export function workloads(place: Place): BoardSpec {
  const { namespace } = place.platform.settings;
  const ours = `namespace="${namespace}"`;
  const pods = `${ours},${podsOf('$workload')}`;
  const answered = `reporter="destination",destination_workload_namespace="${namespace}",destination_workload="$workload"`;
  const called = `reporter="source",source_workload_namespace="${namespace}",source_workload="$workload"`;
  const hpa = `${ours},horizontalpodautoscaler="$workload"`;
  return {
    uid: 'aia-workload',
    title: 'AIA / Workload',
    description: 'One workload: traffic, errors, latency, saturation, scaling, restarts. Choose it above.',
    choices: [{ name: 'workload', label: 'Workload', values: workloadsOn(place).map(({ name }) => name) }],
    rows: [
      {
        title: 'Traffic, errors, latency',
        panels: [
          {
            kind: 'timeseries',
            title: 'Traffic by caller',
            description:
              'Requests a second that it answered, by who asked. Stores speak no HTTP: see connections below.',
            unit: 'requestsPerSecond',
            queries: [{ expr: requestRate(answered, 'source_workload'), legend: '{{source_workload}}' }],
            stacked: true,
          },
          {
            kind: 'timeseries',
            title: 'Errors by code',
            description: 'Server errors a second that it answered with.',
            unit: 'requestsPerSecond',
            queries: [
              {
                expr: requestRate(`${answered},${FAILED}`, 'response_code, response_flags'),
                legend: '{{response_code}} {{response_flags}}',
              },
            ],
            runbook: 'failing-requests',
          },
          {
            kind: 'timeseries',
            title: 'Latency',
            description: 'Under these times 50, 95 and 99 of 100 answers stayed, what it waited for others included.',
            unit: 'milliseconds',
            queries: [
              { expr: latency(0.5, `${answered},${SERVED}`), legend: '50' },
              { expr: latency(0.95, `${answered},${SERVED}`), legend: '95' },
              { expr: latency(0.99, `${answered},${SERVED}`), legend: '99' },
            ],
            runbook: 'slow-requests',
          },
          {
            kind: 'timeseries',
            title: 'What it waits for, 95 of 100',
            description: 'Times that its own calls took, by whom it called: if one of these is slow, look there.',
            unit: 'milliseconds',
            queries: [
              {
                expr: latency(0.95, `${called},${SERVED}`, 'destination_workload'),
                legend: '{{destination_workload}}',
              },
            ],
            runbook: 'slow-requests',
          },
          {
            kind: 'timeseries',
            title: 'Calls of its own that failed',
            description:
              'A second, by whom it called. UO is the circuit breaker, UT a timeout, UF no connection, RBAC denied ' +
              '(Envoy calls these response flags).',
            unit: 'requestsPerSecond',
            queries: [
              {
                expr: requestRate(
                  `${called},response_code=~"0|403|5.."`,
                  'destination_workload, response_code, response_flags',
                ),
                legend: '{{destination_workload}} {{response_code}} {{response_flags}}',
              },
            ],
            runbook: 'failing-requests',
          },
          {
            kind: 'timeseries',
            title: 'Connections opened by caller',
            description: 'Where calls are not HTTP: the stores. New connections a second.',
            unit: 'perSecond',
            queries: [
              {
                expr: `sum by (source_workload) (rate(istio_tcp_connections_opened_total{${answered}}${RATE}))`,
                legend: '{{source_workload}}',
              },
            ],
          },
        ],
      },
      saturation(place),
      {
        title: 'Scaling',
        panels: [
          {
            kind: 'timeseries',
            title: 'Replicas',
            description:
              'How many run, how many the autoscaler asks for, and its bounds. At the top for long: it can not follow.',
            unit: 'count',
            queries: [
              { expr: `kube_horizontalpodautoscaler_status_current_replicas{${hpa}}`, legend: 'run' },
              { expr: `kube_horizontalpodautoscaler_status_desired_replicas{${hpa}}`, legend: 'asked for' },
              { expr: `kube_horizontalpodautoscaler_spec_min_replicas{${hpa}}`, legend: 'fewest' },
              { expr: `kube_horizontalpodautoscaler_spec_max_replicas{${hpa}}`, legend: 'most' },
            ],
            runbook: 'autoscaler-saturated',
          },
          {
            kind: 'timeseries',
            title: 'What it scales on',
            description: 'What each metric of the autoscaler is; when it is above its target, replicas are added.',
            unit: 'count',
            queries: [
              {
                expr: `kube_horizontalpodautoscaler_status_target_metric{${hpa}}`,
                legend: '{{metric_name}} {{metric_target_type}}',
              },
              {
                expr: `kube_horizontalpodautoscaler_spec_target_metric{${hpa}}`,
                legend: 'target of {{metric_name}} {{metric_target_type}}',
              },
            ],
            runbook: 'autoscaler-saturated',
          },
          {
            kind: 'timeseries',
            title: 'Autoscaler is blind',
            description: '1: it can not read a metric, and keeps the replicas where they are.',
            unit: 'count',
            queries: [
              {
                expr: `max by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_condition{${hpa},condition="ScalingActive",status="false"})`,
                legend: '{{horizontalpodautoscaler}}',
              },
            ],
            steps: [{ from: 1, color: 'red' }],
            runbook: 'blind-autoscaler',
          },
        ],
      },
      {
        title: 'Pods',
        panels: [
          {
            kind: 'timeseries',
            title: 'Restarts',
            description: 'Restarts in 15 minutes, by container.',
            unit: 'count',
            queries: [
              {
                expr: `sum by (pod, container) (increase(kube_pod_container_status_restarts_total{${pods}}[15m]))`,
                legend: '{{pod}} {{container}}',
              },
            ],
            steps: [{ from: 3, color: 'red' }],
            runbook: 'crash-loop',
          },
          {
            kind: 'table',
            title: 'Why containers ended last',
            description: 'OOMKilled is memory; Error is the program itself.',
            unit: 'count',
            queries: [
              {
                expr: `max by (pod, container, reason) (kube_pod_container_status_last_terminated_reason{${pods}} == 1)`,
              },
            ],
            runbook: 'crash-loop',
          },
          {
            kind: 'timeseries',
            title: 'Evictions that its budget allows',
            description: 'At 0 no node that runs one of its pods can be drained.',
            unit: 'count',
            queries: [
              {
                expr: `kube_poddisruptionbudget_status_pod_disruptions_allowed{${ours},poddisruptionbudget="$workload"}`,
                legend: 'allowed',
              },
            ],
            runbook: 'budget-blocks-drain',
          },
        ],
      },
    ],
  };
}
