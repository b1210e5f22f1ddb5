import { Construct } from 'constructs';
import { PodMonitor } from '../imports/monitoring.coreos.com';
import type { Workload } from '../model/platform/workload';
import { podMetricsEndpoint } from './pod-metrics';
import { MERGED_METRICS_PORT, PROXY_CONTAINER, PROXY_METRICS_PATH } from './proxy-annotations';
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
          podMetricsEndpoint({
            container: PROXY_CONTAINER,
            port: MERGED_METRICS_PORT,
            path: PROXY_METRICS_PATH,
            workload: { fromLabel: '__meta_kubernetes_pod_label_app_kubernetes_io_name' },
          }),
        ],
      },
    });
  }
}
