import { Construct } from 'constructs';
import {
  PodMonitor,
  PodMonitorSpecPodMetricsEndpointsRelabelingsAction as Action,
} from '../imports/monitoring.coreos.com';
import type { Workload } from '../model/platform/workload';
import { MERGED_METRICS_PORT } from './proxy-annotations';
import { selectorLabels, workloadMetadata, type Site } from './site';

/** Tells Prometheus to read the metrics of a meshed workload from its proxies. */
export class WorkloadPodMonitor extends Construct {
  constructor(scope: Construct, site: Site, workload: Workload) {
    super(scope, `pod-monitor-${workload.name}`);
    new PodMonitor(this, 'pod-monitor', {
      metadata: workloadMetadata(site, workload),
      spec: {
        selector: { matchLabels: selectorLabels(workload) },
        podMetricsEndpoints: [
          {
            path: '/stats/prometheus',
            interval: '15s',
            relabelings: [
              // One target a pod: Prometheus finds one for each declared port of each container.
              { action: Action.KEEP, sourceLabels: ['__meta_kubernetes_pod_container_name'], regex: 'istio-proxy' },
              // The port is no declared one of the proxy's container.
              {
                action: Action.REPLACE,
                sourceLabels: ['__meta_kubernetes_pod_ip'],
                regex: '(.+)',
                replacement: `$1:${MERGED_METRICS_PORT}`,
                targetLabel: '__address__',
              },
              {
                action: Action.REPLACE,
                sourceLabels: ['__meta_kubernetes_pod_label_app_kubernetes_io_name'],
                targetLabel: 'workload',
              },
            ],
          },
        ],
      },
    });
  }
}
