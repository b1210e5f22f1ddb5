import { Construct } from 'constructs';
import { PodMonitor, type PodMonitorSpecPodMetricsEndpoints as Endpoint } from '../imports/monitoring.coreos.com';
import { GATEWAY } from '../model/platform/platform';
import { podMetricsEndpoint } from './pod-metrics';
import { MERGED_METRICS_PORT, PROXY_CONTAINER, PROXY_METRICS_PATH } from './proxy-annotations';
import { sharedMetadata, type Site } from './site';

/** Istiod, as its chart names container and port (1.30: discovery, http-monitoring). */
const ISTIOD = { container: 'discovery', port: 15014, selector: { app: 'istiod' } };

/** What Argo CD's own manifests (3.2) call its pods and containers, and where they serve metrics. */
const ARGO_CD = [
  { name: 'argocd-application-controller', port: 8082 },
  { name: 'argocd-repo-server', port: 8084 },
];

/**
 * Tells Prometheus to read the mesh's gateway and control plane: neither chart brings a monitor, and what users are
 * promised is measured at the gateway.
 */
export class MeshMonitors extends Construct {
  constructor(scope: Construct, site: Site) {
    super(scope, 'mesh-monitors');
    const { mesh } = site.platform;
    monitor(this, site, 'istio-gateway', mesh.gateway.namespace, mesh.gateway.selector, {
      container: PROXY_CONTAINER,
      port: MERGED_METRICS_PORT,
      path: PROXY_METRICS_PATH,
      workload: { name: GATEWAY },
    });
    monitor(this, site, 'istiod', mesh.controlPlaneNamespace, ISTIOD.selector, ISTIOD);
  }
}

/** The same for Argo CD, which whoever brings up the cluster installs, and whose manifests bring no monitor either. */
export class ArgoCdMonitors extends Construct {
  constructor(scope: Construct, site: Site) {
    super(scope, 'argocd-monitors');
    for (const { name, port } of ARGO_CD)
      monitor(
        this,
        site,
        name,
        site.platform.settings.argocdNamespace,
        { 'app.kubernetes.io/name': name },
        {
          container: name,
          port,
          // The namespace of an application, not of the controller that tells of it.
          honorLabels: true,
        },
      );
  }
}

/** In the platform's own namespace, where its layers may write; it looks into another one. */
function monitor(
  scope: Construct,
  site: Site,
  name: string,
  namespace: string,
  matchLabels: Record<string, string>,
  metrics: Parameters<typeof podMetricsEndpoint>[0],
): void {
  const endpoint: Endpoint = podMetricsEndpoint(metrics);
  new PodMonitor(scope, name, {
    metadata: sharedMetadata(site, name),
    spec: {
      namespaceSelector: { matchNames: [namespace] },
      selector: { matchLabels },
      podMetricsEndpoints: [endpoint],
    },
  });
}
