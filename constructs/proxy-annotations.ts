import type { Workload } from '../model/platform/workload';
import type { Site } from './site';

/** Kubernetes and Istio minors from which a proxy can be a sidecar that Kubernetes itself starts first and stops last. */
const NATIVE_SIDECAR = { kubernetes: 29, istio: 27 };

/** Port on which an injected proxy serves its metrics, the application's, and the answers to rewritten probes. */
export const MERGED_METRICS_PORT = 15020;

/** Container that the injector adds, and that a gateway's pod consists of. */
export const PROXY_CONTAINER = 'istio-proxy';

/** Where on that port. */
export const PROXY_METRICS_PATH = '/stats/prometheus';

/**
 * What the injector reads from a meshed pod. All four amounts are set, since setting some drops the defaults of the
 * others and leaves autoscalers without a request to compare with.
 */
export function proxyAnnotations(site: Site, workload: Workload): Record<string, string> {
  if (site.mutualTls === undefined) return {};
  const { proxy, metrics } = workload.mesh;
  const { histogramBucketsMs } = site.platform.mesh;
  const isNative =
    (site.cluster.k8sMinor ?? 0) >= NATIVE_SIDECAR.kubernetes && (site.cluster.istioMinor ?? 0) >= NATIVE_SIDECAR.istio;
  return {
    'sidecar.istio.io/proxyCPU': proxy.requests.cpu,
    'sidecar.istio.io/proxyCPULimit': proxy.limits.cpu,
    'sidecar.istio.io/proxyMemory': proxy.requests.memory,
    'sidecar.istio.io/proxyMemoryLimit': proxy.limits.memory,
    'sidecar.istio.io/statsHistogramBuckets': JSON.stringify({ istiocustom: histogramBucketsMs }),
    ...(isNative ? { 'sidecar.istio.io/nativeSidecar': 'true' } : {}),
    'proxy.istio.io/config': JSON.stringify({
      // Otherwise the application's first calls go out before there is a proxy to carry them.
      ...(isNative ? {} : { holdApplicationUntilProxyStarts: true }),
      terminationDrainDuration: `${drainSeconds(workload)}s`,
    }),
    // The proxy fetches the application's metrics and serves them with its own.
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': String(metrics.port),
    'prometheus.io/path': metrics.path,
  };
}

/** Three quarters of the pod's grace period: open requests end, and the application still has time to stop. */
function drainSeconds(workload: Workload): number {
  return Math.max(5, Math.floor((workload.terminationGracePeriodSeconds * 3) / 4));
}
