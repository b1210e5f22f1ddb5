import type { Place } from '../model/platform/presence';
import type { RowSpec } from './board';
import { podsOf, RATE } from './queries';

/** How near a workload is to what it may use. */
export function saturation({ platform }: Place): RowSpec {
  const ours = `namespace="${platform.settings.namespace}"`;
  const pods = `${ours},${podsOf('$workload')}`;
  // The pod as a whole has no container, its pause container is called POD.
  const containers = `${pods},container!="",container!="POD"`;
  return {
    title: 'Saturation',
    panels: [
      {
        kind: 'timeseries',
        title: 'CPU of its limit',
        description: 'CPU used, as a share of the limit. At 100 % it is slowed down.',
        unit: 'ratio',
        queries: [
          {
            expr:
              `sum by (pod, container) (rate(container_cpu_usage_seconds_total{${containers}}${RATE})) / ` +
              `on (pod, container) max by (pod, container) (kube_pod_container_resource_limits{${pods},resource="cpu"})`,
            legend: '{{pod}} {{container}}',
          },
        ],
        steps: [{ from: 1, color: 'red' }],
      },
      {
        kind: 'timeseries',
        title: 'Memory of its limit',
        description: 'Memory that can not be given back, as a share of the limit. At 100 % the container is killed.',
        unit: 'ratio',
        queries: [
          {
            expr:
              `max by (pod, container) (container_memory_working_set_bytes{${containers}}) / ` +
              `on (pod, container) max by (pod, container) (kube_pod_container_resource_limits{${pods},resource="memory"})`,
            legend: '{{pod}} {{container}}',
          },
        ],
        steps: [{ from: 1, color: 'red' }],
        runbook: 'out-of-memory',
      },
      {
        kind: 'timeseries',
        title: 'Time slowed down by the CPU limit',
        description: 'Share of periods in which a container had to wait though it had work.',
        unit: 'ratio',
        queries: [
          {
            expr:
              `sum by (pod, container) (rate(container_cpu_cfs_throttled_periods_total{${containers}}${RATE})) / ` +
              `sum by (pod, container) (rate(container_cpu_cfs_periods_total{${containers}}${RATE}))`,
            legend: '{{pod}} {{container}}',
          },
        ],
        max: 1,
      },
      {
        kind: 'timeseries',
        title: 'CPU used and requested',
        description: 'What all its pods use, and what is kept free for them. Far below: too much is paid for.',
        unit: 'cores',
        queries: [
          { expr: `sum(rate(container_cpu_usage_seconds_total{${containers}}${RATE}))`, legend: 'used' },
          { expr: `sum(kube_pod_container_resource_requests{${pods},resource="cpu"})`, legend: 'requested' },
        ],
      },
      {
        kind: 'timeseries',
        title: 'Volumes',
        description: 'How full its volumes are.',
        unit: 'ratio',
        queries: [
          {
            expr:
              `1 - kubelet_volume_stats_available_bytes{${ours},persistentvolumeclaim=~".*$workload-[0-9]+"} / ` +
              `kubelet_volume_stats_capacity_bytes{${ours},persistentvolumeclaim=~".*$workload-[0-9]+"}`,
            legend: '{{persistentvolumeclaim}}',
          },
        ],
        steps: [{ from: 1, color: 'red' }],
        max: 1,
        runbook: 'volume-full',
      },
    ],
  };
}
