import type { ChartData } from '../../model/platform/chart';
import { mesh } from '../mesh';
import { istioRelease, readInRelease } from './istio';
import { onTaintedNodes } from './placement';

/**
 * Without it every meshed pod needs an init container with NET_ADMIN, which Pod Security `baseline` and `restricted`
 * forbid. Its own pods are what the others are spared from being: root with NET_ADMIN, SYS_ADMIN and SYS_PTRACE, and
 * with directories of the node. So its namespace must admit `privileged` pods, as one without Pod Security labels does
 * unless the cluster has a stricter default.
 */
export const istioCni = {
  description: 'Redirects the traffic of meshed pods to their proxies, on every node, so that pods need no privileges',
  since: 'phase-2',
  only: 'mesh',
  chart: 'cni',
  ...istioRelease,
  readAt: readInRelease('istio-cni'),
  namespace: mesh.controlPlaneNamespace,
  stage: 'before',
  parts: [{ addon: 'mesh-node-agent', resourcesAt: 'resources', count: 'perNode' }],
  values: {
    // A field from Kubernetes 1.30 on; a cluster on 1.28 or 1.29 needs the annotation instead (true).
    useAppArmorAnnotation: false,
    // The chart's own, written out: a node without an agent has no mesh, whatever keeps others off it.
    tolerations: [
      ...onTaintedNodes,
      { operator: 'Exists', key: 'CriticalAddonsOnly' },
      { operator: 'Exists', effect: 'NoExecute' },
    ],
    resources: { requests: { cpu: '100m', memory: '100Mi' }, limits: { memory: '200Mi' } },
  },
  valuesByFrontDoor: {
    gce: {
      // The chart takes GKE's folder from the server's version, of which Argo CD may pass major and minor only.
      cniBinDir: '/home/kubernetes/bin',
      // GKE admits pods of system-node-critical outside kube-system only where a quota names the class.
      resourceQuotas: { enabled: true },
    },
  },
} satisfies ChartData;
