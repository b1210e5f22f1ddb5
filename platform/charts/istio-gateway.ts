import type { ChartData, Values } from '../../model/platform/chart';
import { mesh } from '../mesh';
import { settings } from '../settings';
import { istioRelease, readInRelease } from './istio';
import { onAddonNodes } from './placement';

/** Pods away from each other, over nodes or zones, as far as there are enough of them. */
function spread(topologyKey: string): Values {
  const labelSelector = { matchLabels: mesh.gateway.selector };
  return { maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway', labelSelector };
}

export const istioGateway = {
  description: 'Front door of the mesh: ends TLS and sends requests where the routes say',
  since: 'phase-2',
  only: 'mesh',
  chart: 'gateway',
  ...istioRelease,
  readAt: readInRelease('gateway'),
  namespace: mesh.gateway.namespace,
  // It uses a priority class of the platform, and istiod, which injects its proxy, is there long before.
  stage: 'after',
  parts: [{ addon: 'mesh-gateway', resourcesAt: 'resources', count: 2, countAtMaximum: 3 }],
  values: {
    labels: mesh.gateway.selector,
    revision: mesh.revision,
    podAnnotations: {
      // What users were promised is measured here.
      'sidecar.istio.io/statsHistogramBuckets': JSON.stringify({ istiocustom: mesh.histogramBucketsMs }),
      // Three quarters of the grace period, as of every pod of the mesh (constructs/proxy-annotations.ts).
      'proxy.istio.io/config': JSON.stringify({ terminationDrainDuration: '45s' }),
    },
    // WebSockets end here too: they get the time that ws-gateway gives them.
    terminationGracePeriodSeconds: 60,
    autoscaling: { enabled: true, minReplicas: 2, maxReplicas: 3, targetCPUUtilizationPercentage: 70 },
    podDisruptionBudget: { maxUnavailable: 1 },
    strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    priorityClassName: 'aia-critical',
    nodeSelector: onAddonNodes,
    topologySpreadConstraints: [spread('kubernetes.io/hostname'), spread('topology.kubernetes.io/zone')],
    resources: { requests: { cpu: '250m', memory: '128Mi' }, limits: { cpu: '2', memory: '512Mi' } },
    service: {
      // Without the chart's third port, the proxy's state, which is nobody's business outside.
      ports: [
        { name: 'http2', port: 80, targetPort: 80, protocol: 'TCP' },
        { name: 'https', port: 443, targetPort: 443, protocol: 'TCP' },
      ],
    },
  },
  valuesByFrontDoor: {
    gce: {
      service: {
        annotations: {
          'cloud.google.com/l4-rbs': 'enabled',
          // Needs GKE 1.29; until that address is reserved the Service gets none and its application is Progressing.
          'networking.gke.io/load-balancer-ip-addresses': settings.gatewayAddress,
        },
      },
    },
  },
} satisfies ChartData;
