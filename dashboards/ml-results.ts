import type { Place } from '../model/platform/presence';
import type { RowSpec } from './board';
import { RATE } from './queries';

/** What comes of it all: results of cognitive and biometric processing, and of the nights' batch. */
export function results({ platform }: Place): RowSpec[] {
  const ours = `namespace="${platform.settings.namespace}"`;
  return [
    {
      title: 'Cognitive and biometric processing',
      panels: [
        {
          kind: 'timeseries',
          title: 'Cognitive results',
          description: 'States computed a second, by how it ended. Shed is refused under load, on purpose.',
          unit: 'perSecond',
          queries: [
            { expr: `sum by (outcome) (rate(aia_cognitive_results_total{${ours}}${RATE}))`, legend: '{{outcome}}' },
          ],
          stacked: true,
          runbook: 'cognitive-failures',
        },
        {
          kind: 'timeseries',
          title: 'Cognitive queue',
          description: 'Sessions that wait, by pod.',
          unit: 'count',
          queries: [{ expr: `sum by (pod) (aia_cognitive_queue_depth{${ours}})`, legend: '{{pod}}' }],
          stacked: true,
          runbook: 'queue-growing',
        },
        {
          kind: 'timeseries',
          title: 'Biometric results',
          description: 'Samples processed a second. No match is a success: it is an answer. Failure is none.',
          unit: 'perSecond',
          queries: [
            { expr: `sum by (outcome) (rate(aia_biometric_results_total{${ours}}${RATE}))`, legend: '{{outcome}}' },
          ],
          stacked: true,
          runbook: 'biometric-failures',
        },
        {
          kind: 'timeseries',
          title: 'WebSockets',
          description: 'Connections that are open, by pod of the gateway.',
          unit: 'count',
          queries: [{ expr: `sum by (pod) (aia_ws_connections{${ours}})`, legend: '{{pod}}' }],
          stacked: true,
        },
      ],
    },
    {
      title: 'Batch',
      panels: [
        {
          kind: 'timeseries',
          title: 'Jobs in the queue',
          description: 'Active jobs wait for their turn; inadmissible ones do not fit into the quota as it is.',
          unit: 'count',
          queries: [
            {
              expr: 'sum by (cluster_queue, status) (kueue_pending_workloads)',
              legend: '{{cluster_queue}} {{status}}',
            },
            { expr: 'sum by (cluster_queue) (kueue_admitted_active_workloads)', legend: '{{cluster_queue}} runs' },
          ],
          runbook: 'queue-growing',
        },
        {
          kind: 'timeseries',
          title: 'Quota used',
          description: 'Share of the quota on spot nodes that running jobs hold.',
          unit: 'ratio',
          queries: [
            {
              expr:
                'sum by (cluster_queue, resource) (kueue_cluster_queue_resource_usage) / ' +
                'sum by (cluster_queue, resource) (kueue_cluster_queue_nominal_quota)',
              legend: '{{cluster_queue}} {{resource}}',
            },
          ],
          max: 1,
        },
        {
          kind: 'timeseries',
          title: 'Jobs sent back',
          description: 'Evictions of the last hour, by reason.',
          unit: 'count',
          queries: [
            {
              expr: 'sum by (cluster_queue, reason) (increase(kueue_evicted_workloads_total[1h]))',
              legend: '{{cluster_queue}} {{reason}}',
            },
          ],
        },
        {
          kind: 'timeseries',
          title: 'Time since batch ended well',
          description: 'Falls back to zero every night.',
          unit: 'seconds',
          queries: [
            {
              expr: `time() - kube_cronjob_status_last_successful_time{${ours},cronjob="ml-batch"}`,
              legend: '{{cronjob}}',
            },
          ],
          runbook: 'batch-late',
        },
      ],
    },
  ];
}
