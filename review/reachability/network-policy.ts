import { asList, asRecord, asString, at, textAt } from '../../model/manifest/access';
import { selects } from '../../model/manifest/label-selector';
import type { Entry } from '../source/objects';
import type { Workload } from './workload';

/** One side of a permitted way: a workload of the set, or what stands for many or for something outside of it. */
export type Peer =
  | { readonly kind: 'workload'; readonly id: string }
  /** Anything that has an address, every pod of the cluster, every pod of a namespace. */
  | { readonly kind: 'anywhere' }
  | { readonly kind: 'cluster' }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'addresses'; readonly name: string }
  /** Pods that are not in this set, by the selector that takes them, or by the identity that they have in the mesh. */
  | { readonly kind: 'strangers'; readonly name: string; readonly principal?: string };

/** Ports of a rule: null is every port. A range is written `8000-8100`. */
export interface PolicyPort {
  readonly port: number | string | null;
  readonly protocol: string | null;
}

export interface Permission {
  readonly peers: readonly Peer[];
  readonly ports: readonly PolicyPort[];
}

export type Direction = 'ingress' | 'egress';

const EVERY_PORT: readonly PolicyPort[] = [{ port: null, protocol: null }];

/**
 * What NetworkPolicies permit a workload in one direction; undefined where none selects it, so that all is permitted.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function permissionsOf(
  workload: Workload,
  direction: Direction,
  policies: readonly Entry[],
  all: readonly Workload[],
): readonly Permission[] | undefined {
  const own = policies.filter(({ object, name }) => {
    const selector = asRecord(at(object, 'spec', 'podSelector')) ?? {};
    return name.namespace === workload.namespace && isAbout(object, direction) && selects(selector, workload.labels);
  });
  if (own.length === 0) return undefined;
  return own.flatMap(({ object }) =>
    asList(at(object, 'spec', direction)).map((rule) => ({
      peers: peersOf(asList(at(rule, direction === 'ingress' ? 'from' : 'to')), workload.namespace, all),
      ports: portsOf(asList(at(rule, 'ports'))),
    })),
  );
}

function isAbout(policy: unknown, direction: Direction): boolean {
  const types = asList(at(policy, 'spec', 'policyTypes')).map((type) => asString(type)?.toLowerCase());
  if (types.length > 0) return types.includes(direction);
  return direction === 'ingress' || asList(at(policy, 'spec', 'egress')).length > 0;
}

function peersOf(peers: readonly unknown[], namespace: string, all: readonly Workload[]): readonly Peer[] {
  if (peers.length === 0) return [{ kind: 'anywhere' }];
  return peers.flatMap((peer) => peerOf(peer, namespace, all));
}

function peerOf(peer: unknown, namespace: string, all: readonly Workload[]): readonly Peer[] {
  const block = asRecord(at(peer, 'ipBlock'));
  if (block) {
    const except = asList(block.except).map(String).sort();
    const cidr = String(block.cidr);
    if (except.length === 0 && (cidr === '0.0.0.0/0' || cidr === '::/0')) return [{ kind: 'anywhere' }];
    return [{ kind: 'addresses', name: `${cidr}${except.length === 0 ? '' : ` except ${except.join(', ')}`}` }];
  }
  const pods = asRecord(at(peer, 'podSelector'));
  const namespaces = asRecord(at(peer, 'namespaceSelector'));
  const isEveryPod = pods === undefined || isEmptySelector(pods);
  if (isEveryPod && namespaces && isEmptySelector(namespaces)) return [{ kind: 'cluster' }];
  if (isEveryPod && !namespaces) return [{ kind: 'namespace', namespace }];
  const named = textAt(namespaces, 'matchLabels', 'kubernetes.io/metadata.name');
  const isNamed = named !== undefined && Object.keys(asRecord(namespaces?.matchLabels) ?? {}).length === 1;
  if (isEveryPod && isNamed && asList(namespaces?.matchExpressions).length === 0) {
    return [{ kind: 'namespace', namespace: named }];
  }
  const matching = all.filter(
    (one) =>
      (namespaces ? selects(namespaces, one.namespaceLabels) : one.namespace === namespace) &&
      (pods === undefined || selects(pods, one.labels)),
  );
  if (matching.length > 0) return matching.map(({ id }) => ({ kind: 'workload', id }));
  const where = namespaces ? ` in namespaces ${selectorText(namespaces)}` : ` in ${namespace}`;
  return [{ kind: 'strangers', name: `pods ${pods ? selectorText(pods) : '(all)'}${where}` }];
}

function portsOf(ports: readonly unknown[]): readonly PolicyPort[] {
  if (ports.length === 0) return EVERY_PORT;
  return ports.map((one) => {
    const port = at(one, 'port');
    const end = at(one, 'endPort');
    const protocol = textAt(one, 'protocol') ?? 'TCP';
    if (typeof port !== 'number' && typeof port !== 'string') return { port: null, protocol };
    return { port: typeof end === 'number' ? `${port}-${end}` : port, protocol };
  });
}

function isEmptySelector(selector: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(asRecord(selector.matchLabels) ?? {}).length + asList(selector.matchExpressions).length === 0;
}

function selectorText(selector: Readonly<Record<string, unknown>>): string {
  const labels = Object.entries(asRecord(selector.matchLabels) ?? {}).map(([key, value]) => `${key}=${String(value)}`);
  const expressions = asList(selector.matchExpressions).map((one) =>
    [textAt(one, 'key'), textAt(one, 'operator'), asList(at(one, 'values')).join('|')].filter(Boolean).join(' '),
  );
  const parts = [...labels, ...expressions].sort();
  return parts.length === 0 ? '(all)' : parts.join(',');
}
