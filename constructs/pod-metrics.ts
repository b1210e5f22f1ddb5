import {
  PodMonitorSpecPodMetricsEndpointsRelabelingsAction as Action,
  type PodMonitorSpecPodMetricsEndpoints as Endpoint,
} from '../imports/monitoring.coreos.com';

/** Where one container of each pod serves metrics. */
interface PodMetrics {
  readonly container: string;
  readonly port: number;
  readonly path?: string;
  /** What the series say in the label `workload`. */
  readonly workload?: { readonly fromLabel: string } | { readonly name: string };
  /** Whether labels of the metric win over those of the pod it comes from. */
  readonly honorLabels?: boolean;
}

/**
 * The endpoint of a PodMonitor, by number, since neither a proxy nor Argo CD gives its port a name: Prometheus finds one
 * target for each declared port of each container; one of them is kept, and asked where the metrics are.
 */
export function podMetricsEndpoint({ container, port, path, workload, honorLabels }: PodMetrics): Endpoint {
  return {
    ...(path === undefined ? {} : { path }),
    interval: '15s',
    ...(honorLabels === undefined ? {} : { honorLabels }),
    relabelings: [
      { action: Action.KEEP, sourceLabels: ['__meta_kubernetes_pod_container_name'], regex: container },
      {
        action: Action.REPLACE,
        sourceLabels: ['__meta_kubernetes_pod_ip'],
        regex: '(.+)',
        replacement: `$1:${port}`,
        targetLabel: '__address__',
      },
      ...(workload === undefined
        ? []
        : [
            'name' in workload
              ? { action: Action.REPLACE, targetLabel: 'workload', replacement: workload.name }
              : { action: Action.REPLACE, sourceLabels: [workload.fromLabel], targetLabel: 'workload' },
          ]),
    ],
  };
}
