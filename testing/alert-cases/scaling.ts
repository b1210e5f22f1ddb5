import { series, type AlertCase } from './case';

const HPA = { horizontalpodautoscaler: 'ml-inference-service' };
const replicas = series('kube_horizontalpodautoscaler_status_current_replicas', HPA);
const CONDITION = { ...HPA, condition: 'ScalingActive', status: 'false' };
const queue = series('aia_ml_queue_depth', { pod: 'ml-inference-service-5d4f8c9b7-x2x4z' });
const pending = series('kueue_pending_workloads', { cluster_queue: 'aia-batch', status: 'active' });

export const scalingCases: readonly AlertCase[] = [
  {
    alert: 'AutoscalerSaturated',
    severity: 'ticket',
    // The design's maximum for ML inference.
    what: 'six of six replicas for half an hour',
    fires: { [replicas]: '4x4 6x60' },
    at: 35,
    labels: { ...HPA, namespace: 'aia', service: 'ml-inference-service' },
    summary: 'ml-inference-service has run at its maximum of 6 replicas for half an hour: more load makes it slow.',
    runbook: 'autoscaler-saturated',
    quiet: { [replicas]: '4x4 6x25 5x40' },
  },
  {
    alert: 'AutoscalerBlind',
    severity: 'ticket',
    what: 'an autoscaler that says it does not see its metric',
    fires: { [series('kube_horizontalpodautoscaler_status_condition', CONDITION)]: '0x4 1x30' },
    at: 15,
    labels: { ...CONDITION, namespace: 'aia', service: 'ml-inference-service' },
    summary:
      'The autoscaler of ml-inference-service does not see its metric, for ten minutes: replicas stay as they are.',
    runbook: 'blind-autoscaler',
    quiet: { [series('kube_horizontalpodautoscaler_status_condition', { ...CONDITION, status: 'true' })]: '1x60' },
  },
  {
    alert: 'QueueGrowing',
    severity: 'ticket',
    // Sixteen a pod at six pods.
    what: 'more waits than 6 pods with 16 each can take, and it grows',
    fires: { [queue]: '0+5x60' },
    at: 25,
    labels: { service: 'ml-inference-service' },
    summary: '125 wait in the queue of ml-inference-service, and it grows; all its replicas can take 96.',
    runbook: 'queue-growing',
    // Long, and it shrinks: the new pods work it off.
    quiet: { [queue]: '400-2x60' },
  },
  {
    alert: 'QueueGrowing',
    severity: 'ticket',
    what: 'batch jobs that find no room',
    fires: { [pending]: '0x4 2x400' },
    at: 365,
    labels: { cluster_queue: 'aia-batch' },
    summary: '2 batch jobs have waited in aia-batch for six hours: there is no room for them.',
    runbook: 'queue-growing',
    quiet: { [pending]: '0x4 2x300 0x200' },
  },
];
