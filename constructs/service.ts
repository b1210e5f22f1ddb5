import type { Construct } from 'constructs';
import { isCalledByDevices } from '../model/platform/edges';
import type { ServedWorkload, Workload } from '../model/platform/workload';
import { k8s } from './k8s';
import { selectorLabels, workloadMetadata, type Site } from './site';

/** The Service that gives each pod of a StatefulSet its own name. */
export function headlessName(workload: { readonly name: string }): string {
  return `${workload.name}-headless`;
}

/** The Service that any pod of a store may answer, the followers included. */
export function readName(workload: { readonly name: string }): string {
  return `${workload.name}-read`;
}

/** The full name of a Service: a short one would mean another host in another namespace. */
export function hostOf(site: Site, service: string): string {
  return `${service}.${site.platform.settings.namespace}.svc.cluster.local`;
}

/** The port that callers use: a workload's first. */
export function portOf({ name, containers }: Workload): number {
  const port = containers[0]?.ports[0]?.port;
  if (port === undefined) throw new Error(`${name} is called but has no port`);
  return port;
}

/** The Services of a workload: one for its callers, and for a StatefulSet the headless and the read-only one. */
export function services(scope: Construct, site: Site, workload: ServedWorkload): void {
  const ports = workload.containers.flatMap((container) => container.ports);
  if (ports.length === 0) return;
  const selector = selectorLabels(workload);
  const shared = {
    ports: ports.map(({ name, port, appProtocol }) => ({
      name,
      port,
      targetPort: k8s.IntOrString.fromString(name),
      protocol: 'TCP',
      appProtocol,
    })),
  };

  const isPrimary = workload.kind === 'StatefulSet' && workload.topology === 'primary';
  const annotations = workload.kind === 'Deployment' ? frontDoorAnnotations(site, workload) : undefined;
  new k8s.KubeService(scope, 'service', {
    metadata: workloadMetadata(site, workload, annotations === undefined ? {} : { annotations }),
    spec: {
      ...shared,
      // `Local` keeps the device's own address, which the NetworkPolicy asks for.
      ...(isCalledByDevices(workload, site)
        ? { type: 'LoadBalancer', externalTrafficPolicy: 'Local', allocateLoadBalancerNodePorts: false }
        : { type: 'ClusterIP' }),
      // Writes go to pod 0 only; the StatefulSet controller puts this label on its pods.
      selector: isPrimary ? { ...selector, 'statefulset.kubernetes.io/pod-name': `${workload.name}-0` } : selector,
    },
  });
  if (workload.kind !== 'StatefulSet') return;

  new k8s.KubeService(scope, 'headless-service', {
    metadata: workloadMetadata(site, workload, { name: headlessName(workload) }),
    // Peers must find each other before they are ready.
    spec: { ...shared, type: 'ClusterIP', clusterIp: 'None', publishNotReadyAddresses: true, selector },
  });
  if (isPrimary) {
    new k8s.KubeService(scope, 'read-service', {
      metadata: workloadMetadata(site, workload, { name: readName(workload) }),
      spec: { ...shared, type: 'ClusterIP', selector },
    });
  }
}

/** What the cloud's Ingress reads from the Service of a route: pods as endpoints, and the BackendConfig of its name. */
function frontDoorAnnotations(site: Site, workload: ServedWorkload): Record<string, string> | undefined {
  if (workload.kind !== 'Deployment' || workload.route === undefined || !site.cloudIngress) return undefined;
  return {
    'cloud.google.com/neg': '{"ingress": true}',
    'cloud.google.com/backend-config': `{"default": "${workload.name}"}`,
  };
}
