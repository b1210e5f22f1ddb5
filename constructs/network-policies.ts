import { Construct } from 'constructs';
import { edgesAt, type Edge } from '../model/platform/edges';
import { DEVICES, GATEWAY } from '../model/platform/platform';
import { workloadsOn } from '../model/platform/presence';
import type { Workload } from '../model/platform/workload';
import { externalPeers, externalsOf } from './external-hosts';
import { k8s } from './k8s';
import { MERGED_METRICS_PORT } from './proxy-annotations';
import { namespaceNamed, selectorLabels, sharedMetadata, workloadMetadata, type Site } from './site';
import { BEFORE_DENIALS } from './sync-wave';

/** Where proxies get their configuration and certificates from istiod, over TLS. */
const CONTROL_PLANE_PORT = 15012;

/**
 * Which packets may pass, enforced by the nodes: a process that goes around its proxy is held too. Everything is denied
 * both ways; each pod may then reach what it declared, DNS, and what its proxy needs.
 *
 * Probes need no rule: traffic between a pod and the node it runs on is always allowed.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/ (September 2026)
 */
export class NetworkPolicies extends Construct {
  constructor(scope: Construct, site: Site) {
    super(scope, 'network-policies');
    const workloads = workloadsOn(site);
    const edges = edgesAt(site);
    for (const workload of workloads) {
      new k8s.KubeNetworkPolicy(this, workload.name, {
        metadata: workloadMetadata(site, workload, { annotations: BEFORE_DENIALS }),
        spec: {
          podSelector: { matchLabels: selectorLabels(workload) },
          policyTypes: ['Ingress', 'Egress'],
          ingress: ingress(site, workload, edges),
          egress: egress(site, workload, edges),
        },
      });
    }
    new k8s.KubeNetworkPolicy(this, 'default-deny', {
      metadata: sharedMetadata(site, 'default-deny'),
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
  }
}

function ingress(site: Site, workload: Workload, edges: readonly Edge[]): k8s.NetworkPolicyIngressRule[] {
  const callers = edges.filter(({ to }) => to.name === workload.name).map(({ from }) => callerPeer(site, from));
  return [
    ...(callers.length === 0 ? [] : [{ from: callers, ports: portsOf(workload) }]),
    ...(site.mutualTls === undefined
      ? []
      : [
          {
            from: [{ namespaceSelector: namespaceNamed(site.platform.network.metricsReader.namespace) }],
            ports: [tcp(MERGED_METRICS_PORT)],
          },
        ]),
  ];
}

function egress(site: Site, workload: Workload, edges: readonly Edge[]): k8s.NetworkPolicyEgressRule[] {
  const { mesh, network } = site.platform;
  const { namespace, label, values } = network.dns;
  return [
    {
      to: [
        {
          namespaceSelector: namespaceNamed(namespace),
          podSelector: { matchExpressions: [{ key: label, operator: 'In', values: [...values] }] },
        },
      ],
      ports: [{ protocol: 'UDP', port: k8s.IntOrString.fromNumber(53) }, tcp(53)],
    },
    ...(site.mutualTls === undefined
      ? []
      : [
          {
            to: [{ namespaceSelector: namespaceNamed(mesh.controlPlaneNamespace) }],
            ports: [tcp(CONTROL_PLANE_PORT)],
          },
          { to: [{ namespaceSelector: namespaceNamed(mesh.tracing.namespace) }], ports: [tcp(mesh.tracing.port)] },
        ]),
    ...edges
      .filter(({ from }) => from === workload.name)
      .map(({ to }) => ({ to: [{ podSelector: { matchLabels: selectorLabels(to) } }], ports: portsOf(to) })),
    ...Object.values(externalsOf(site, workload)).map((external) => ({
      to: externalPeers(external),
      ports: [tcp(external.port)],
    })),
  ];
}

function callerPeer(site: Site, caller: string): k8s.NetworkPolicyPeer {
  if (caller === DEVICES) return { ipBlock: { cidr: site.cluster.deviceNetwork ?? '' } };
  const { gateway } = site.platform.mesh;
  return caller === GATEWAY
    ? { namespaceSelector: namespaceNamed(gateway.namespace), podSelector: { matchLabels: gateway.selector } }
    : { podSelector: { matchLabels: selectorLabels({ name: caller }) } };
}

/** Ports of the pods, which is what a NetworkPolicy counts; here they are those of the Service too. */
function portsOf({ containers }: Workload): k8s.NetworkPolicyPort[] {
  return containers.flatMap(({ ports }) => ports.map(({ port }) => tcp(port)));
}

function tcp(port: number): k8s.NetworkPolicyPort {
  return { protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) };
}
