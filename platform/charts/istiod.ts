import type { ChartData } from '../../model/platform/chart';
import { mesh } from '../mesh';
import { settings } from '../settings';
import { istioRelease, readInRelease, validationFails } from './istio';
import { collector } from './opentelemetry-collector';
import { onAddonNodes } from './placement';

/**
 * What one request was, without whose it was: neither path nor query, neither the client's address nor its software.
 * The route has the name of the workload.
 */
const accessLogLabels = {
  time: '%START_TIME%',
  method: '%REQ(:METHOD)%',
  route: '%ROUTE_NAME%',
  status: '%RESPONSE_CODE%',
  flags: '%RESPONSE_FLAGS%',
  details: '%RESPONSE_CODE_DETAILS%',
  milliseconds: '%DURATION%',
  upstream: '%UPSTREAM_HOST%',
  requestId: '%REQ(X-REQUEST-ID)%',
};

export const istiod = {
  description: 'Control plane of the mesh: configures the proxies, issues their certificates, injects them into pods',
  since: 'phase-2',
  only: 'mesh',
  ...istioRelease,
  readAt: readInRelease('istio-control/istio-discovery'),
  namespace: mesh.controlPlaneNamespace,
  stage: 'before',
  // The agents too: a pod that is injected on a node without one can't redirect its traffic.
  after: ['istio-base', 'istio-cni'],
  parts: [{ addon: 'mesh-control-plane', resourcesAt: 'pilot.resources', count: 2 }],
  values: {
    // Namespaces are injected by this tag, never by a revision: an upgrade by canary moves the tag from one to the other.
    revisionTags: [mesh.revision],
    base: validationFails,
    global: { istioNamespace: mesh.controlPlaneNamespace },
    pilot: {
      cni: { enabled: true },
      // Two halves instead of one whole: while none answers, no pod of the platform can be created. Proxies keep what
      // they have. The chart's default scales to five, which nothing counts.
      autoscaleEnabled: false,
      replicaCount: 2,
      rollingMaxSurge: 1,
      rollingMaxUnavailable: 0,
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { istio: 'pilot' } },
        },
      ],
      // No priority class: those of the platform come with a layer, later, and GKE keeps system ones to kube-system.
      nodeSelector: onAddonNodes,
      resources: { requests: { cpu: '250m', memory: '1Gi' }, limits: { memory: '2Gi' } },
      // For proxies in namespaces without a Telemetry of ours: the gateway's.
      traceSampling: mesh.tracing.samplingPercent,
      // ENABLE_NATIVE_SIDECARS stays at Istio's own `auto`: `true` would hang every pod on Kubernetes 1.28. Where the
      // versions are known, pods ask for it in an annotation (constructs/proxy-annotations.ts).
    },
    meshConfig: {
      // What nobody declared is not reachable, in namespaces without a Sidecar of ours too.
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      // Istio's own default repeats twice what no route speaks of; here routes say what is repeated.
      defaultHttpRetryPolicy: { attempts: 0 },
      // Proxies know these namespaces only: with all add-ons in view istiod would need more memory.
      discoverySelectors: [
        {
          matchExpressions: [
            {
              key: 'kubernetes.io/metadata.name',
              operator: 'In',
              values: [settings.namespace, mesh.controlPlaneNamespace, mesh.gateway.namespace, mesh.tracing.namespace],
            },
          ],
        },
      ],
      enableTracing: true,
      // Both: the chart names Prometheus itself only where nothing is named, and without it there are no metrics.
      defaultProviders: { metrics: ['prometheus'], tracing: [mesh.tracing.provider] },
      extensionProviders: [
        {
          name: mesh.tracing.provider,
          opentelemetry: { service: collector.host, port: collector.port },
        },
        // On for nobody: metrics have the numbers, and two lines for every call would fill the log store's disk in days.
        // A Telemetry with `accessLogging: [{ providers: [{ name: access-log }] }]` turns it on for one workload.
        {
          name: 'access-log',
          envoyFileAccessLog: { path: '/dev/stdout', logFormat: { labels: accessLogLabels } },
        },
      ],
    },
  },
} satisfies ChartData;
