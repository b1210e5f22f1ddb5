import type { Place } from '../model/platform/presence';
import type { BoardSpec, PanelSpec } from './board';
import { namedWorkload } from './facts';
import { results } from './ml-results';
import { RATE } from './queries';

const ML = 'ml-inference-service';

/** Queues, batches and models: what CPU and latency don't tell of inference and of cognitive and biometric work. */
export function ml(place: Place): BoardSpec {
  const { namespace } = place.platform.settings;
  const ours = `namespace="${namespace}"`;
  const inference = namedWorkload(place, ML);
  const batchSize = Number(inference?.config.BATCH_MAX_SIZE ?? 0);
  const batchWait = Number(inference?.config.BATCH_MAX_WAIT_MS ?? 0) / 1000;
  const startup = inference?.containers[0]?.probes?.startup;
  const startupSeconds = (startup?.periodSeconds ?? 0) * (startup?.failureThreshold ?? 0);
  const quantile = (share: number, metric: string, by = ''): string =>
    `histogram_quantile(${share}, sum by (le${by === '' ? '' : `, ${by}`}) (rate(${metric}_bucket{${ours}}${RATE})))`;
  return {
    uid: 'aia-ml',
    title: 'AIA / ML and cognitive',
    description: 'Queue, batches and models of inference; results of cognitive and biometric processing; batch jobs.',
    rows: [
      {
        title: 'Inference',
        panels: [
          {
            kind: 'timeseries',
            title: 'Queue',
            description:
              'Requests that wait for a batch, by pod. One batch in flight and one waiting per pod is what is meant.',
            unit: 'count',
            queries: [{ expr: `sum by (pod) (aia_ml_queue_depth{${ours}})`, legend: '{{pod}}' }],
            steps: triggerSteps(place, 'aia_ml_queue_depth'),
            stacked: true,
            runbook: 'queue-growing',
          },
          {
            kind: 'timeseries',
            title: 'Batch size',
            description: `Requests that are inferred together; ${batchSize} at most. Near 1 under load, batching does not work.`,
            unit: 'count',
            queries: [
              {
                expr: `sum(rate(aia_ml_batch_size_sum{${ours}}${RATE})) / sum(rate(aia_ml_batch_size_count{${ours}}${RATE}))`,
                legend: 'mean',
              },
              { expr: quantile(0.95, 'aia_ml_batch_size'), legend: '95 of 100' },
            ],
            max: batchSize,
          },
          {
            kind: 'timeseries',
            title: 'Wait for a batch',
            description: `How long 95 of 100 requests waited. A batch leaves after ${batchWait} s at the latest; more means that the model is busy.`,
            unit: 'seconds',
            queries: [{ expr: quantile(0.95, 'aia_ml_batch_wait_seconds'), legend: '95 of 100' }],
            steps: [{ from: batchWait, color: 'yellow' }],
            runbook: 'slow-requests',
          },
          {
            kind: 'timeseries',
            title: 'Time on the model',
            description: 'How long 95 of 100 batches took, by model.',
            unit: 'seconds',
            queries: [{ expr: quantile(0.95, 'aia_ml_inference_seconds', 'model'), legend: '{{model}}' }],
            steps: [{ from: (inference?.mesh.latencyBudgetMs ?? 0) / 1000, color: 'red' }],
            runbook: 'slow-requests',
          },
          {
            kind: 'timeseries',
            title: 'Loading of a model',
            description: `How long the last load took. After ${startupSeconds} s the pod is restarted before it ever served.`,
            unit: 'seconds',
            queries: [
              { expr: `max by (model, version) (aia_ml_model_load_seconds{${ours}})`, legend: '{{model}} {{version}}' },
            ],
            steps: [{ from: startupSeconds, color: 'red' }],
            runbook: 'not-ready',
          },
          {
            kind: 'timeseries',
            title: 'Models that can be used',
            description: 'Pods on which a model is loaded. Two versions at once are a rollout.',
            unit: 'count',
            queries: [
              { expr: `sum by (model, version) (aia_ml_model_loaded{${ours}})`, legend: '{{model}} {{version}}' },
            ],
          },
          {
            kind: 'timeseries',
            title: 'Memory of inference',
            description: 'Memory of each pod and its limit: a line that climbs evenly for hours is a leak.',
            unit: 'bytes',
            queries: [
              {
                expr: `max by (pod) (container_memory_working_set_bytes{${ours},container="${inference?.containers[0]?.name ?? ''}"})`,
                legend: '{{pod}}',
              },
              {
                expr: `max(kube_pod_container_resource_limits{${ours},container="${inference?.containers[0]?.name ?? ''}",resource="memory"})`,
                legend: 'limit',
              },
            ],
            runbook: 'out-of-memory',
          },
        ],
      },
      {
        title: 'What autoscalers read',
        panels: [
          {
            kind: 'timeseries',
            title: 'Triggers of KEDA',
            description: 'What each trigger reads now: queue depth, connections, CPU.',
            unit: 'count',
            queries: [
              {
                expr: `max by (scaledObject, metric) (keda_scaler_metrics_value{${ours}})`,
                legend: '{{scaledObject}} {{metric}}',
              },
            ],
            width: 12,
          },
          {
            kind: 'timeseries',
            title: 'Triggers that can not be read',
            description: 'Errors a second. After three in a row KEDA runs the replicas of its fallback.',
            unit: 'perSecond',
            queries: [
              {
                expr: `sum by (scaledObject, scaler) (rate(keda_scaler_detail_errors_total{${ours}}${RATE}))`,
                legend: '{{scaledObject}} {{scaler}}',
              },
            ],
            width: 12,
            runbook: 'blind-autoscaler',
          },
        ],
      },
      ...results(place),
    ],
  };
}

/** Above the threshold of the trigger for every replica there may be, scaling can no longer help. */
function triggerSteps(place: Place, metric: string): PanelSpec['steps'] & object {
  const scaling = Object.values(namedWorkload(place, ML)?.autoscaling ?? {}).find(
    (entry) => entry.kind === 'ScaledObject',
  );
  const trigger = scaling?.prometheus.find(({ query }) => query.includes(metric));
  if (scaling === undefined || trigger === undefined) return [];
  return [{ from: trigger.threshold * scaling.maxReplicas, color: 'red' }];
}
