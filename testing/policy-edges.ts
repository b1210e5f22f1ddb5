import type { KubeObject } from '../model/kube-object';
import { field } from './rendered';

const NAME = 'app.kubernetes.io/name';

/** Calls that rendered policies allow, as `caller > callee:port`, sorted; read from the objects alone. */
export interface PolicyEdges {
  /** From the callee's side of the NetworkPolicies. */
  readonly networkIngress: string[];
  /** From the caller's side of them. */
  readonly networkEgress: string[];
  readonly authorization: string[];
  /** `caller > callee` only: a Sidecar names hosts, whose Services have no other ports than the pods. */
  readonly sidecar: string[];
}

/** Reads who may call whom from each kind of policy apart; what every pod may reach (DNS, control plane) is left out. */
export function policyEdges(objects: readonly KubeObject[]): PolicyEdges {
  const ofKind = (kind: string): KubeObject[] =>
    objects.filter((object) => object.kind === kind && object.metadata.name !== 'default-deny');
  return {
    networkIngress: ofKind('NetworkPolicy')
      .flatMap((policy) => networkEdges(policy, 'ingress', 'from'))
      .sort(),
    networkEgress: ofKind('NetworkPolicy')
      .flatMap((policy) => networkEdges(policy, 'egress', 'to'))
      .sort(),
    authorization: ofKind('AuthorizationPolicy').flatMap(authorizationEdges).sort(),
    sidecar: [...new Set(ofKind('Sidecar').flatMap(sidecarEdges))].sort(),
  };
}

function networkEdges(policy: KubeObject, direction: 'ingress' | 'egress', peers: 'from' | 'to'): string[] {
  const own = field(policy, 'spec', 'podSelector', 'matchLabels', NAME) as string;
  return ((field(policy, 'spec', direction) ?? []) as object[]).flatMap((rule) =>
    (field(rule, peers) as object[]).flatMap((peer) => {
      const other = peerName(peer);
      if (other === undefined) return [];
      return (field(rule, 'ports') as { port: number }[]).map(({ port }) =>
        direction === 'ingress' ? `${other} > ${own}:${port}` : `${own} > ${other}:${port}`,
      );
    }),
  );
}

/** A workload by its label, or the gateway; undefined for whole namespaces, which no edge declares. */
function peerName(peer: object): string | undefined {
  const name = field(peer, 'podSelector', 'matchLabels', NAME);
  if (typeof name === 'string') return name;
  return field(peer, 'podSelector', 'matchLabels', 'istio') === 'ingress' ? 'gateway' : undefined;
}

function authorizationEdges(policy: KubeObject): string[] {
  const own = field(policy, 'spec', 'selector', 'matchLabels', NAME) as string;
  return (field(policy, 'spec', 'rules') as object[]).flatMap((rule) =>
    (field(rule, 'from', 0, 'source', 'principals') as string[]).flatMap((principal) =>
      (field(rule, 'to', 0, 'operation', 'ports') as string[]).map(
        (port) => `${principal.replace(/^.*\/sa\//, '').replace('istio-gateway', 'gateway')} > ${own}:${port}`,
      ),
    ),
  );
}

function sidecarEdges(sidecar: KubeObject): string[] {
  const own = field(sidecar, 'spec', 'workloadSelector', 'labels', NAME) as string;
  return (
    (field(sidecar, 'spec', 'egress', 0, 'hosts') as string[])
      // What is outside the cluster is no call between workloads.
      .filter((host) => host.startsWith('./') && host.endsWith('.cluster.local'))
      .map((host) => `${own} > ${(host.split('/')[1]?.split('.')[0] ?? '').replace(/-(headless|read)$/, '')}`)
  );
}
