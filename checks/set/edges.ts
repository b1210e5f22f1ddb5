import { asList, asRecord, at, textAt, type Keys } from '../../model/manifest/access';
import type { Member } from './member';
import { resolveHost } from './mesh-hosts';
import { selectedNamespaces } from './namespaces';
import { mayBeSame, namespaceOf, type ObjectSet } from './object-set';
import type { PodOwner } from './pod-owner';
import { isEmpty, readSelector } from './selector';

/** Who may call a workload, as one sort of policy has it. */
export interface Callers {
  /** A policy that says so, to point at. */
  readonly policy: Member;
  /** True where somebody is let in that can't be told apart: everybody, a range of addresses, a star. */
  isOpen: boolean;
  /** True where a policy over all pods opens something: that is meant for those that need it, not for each. */
  isBroad: boolean;
  /** Each caller with the ports of the pod that it may reach; `*` stands for all. */
  readonly from: Map<PodOwner, Set<number | '*'>>;
}

/** Callers of each workload that is under a policy of that sort. */
export type Edges = ReadonlyMap<PodOwner, Callers>;

/** Who may reach whom by the ingress rules of NetworkPolicies. */
export function networkEdges(set: ObjectSet): Edges {
  const edges = new Map<PodOwner, Callers>();
  for (const policy of set.ofKind('networking.k8s.io', 'NetworkPolicy')) {
    const { object } = policy;
    const types = asList(at(object, 'spec', 'policyTypes'));
    if (types.length > 0 && !types.includes('Ingress')) continue;
    for (const owner of selected(set, policy)) {
      const callers = callersOf(edges, owner, policy);
      for (const rule of asList(at(object, 'spec', 'ingress'))) {
        const ports = portsOf(
          asList(asRecord(rule)?.ports).map((port) => at(port, 'port')),
          owner,
        );
        const from = peersOf(set, namespaceOf(object), asList(asRecord(rule)?.from));
        if (from === 'all') callers.isOpen = true;
        else for (const caller of from) add(callers, caller, ports);
      }
    }
  }
  return edges;
}

/** Whom each workload may reach by the egress rules of NetworkPolicies: `from` holds those that are called. */
export function egressEdges(set: ObjectSet): Edges {
  const edges = new Map<PodOwner, Callers>();
  for (const policy of set.ofKind('networking.k8s.io', 'NetworkPolicy')) {
    const { object } = policy;
    if (!asList(at(object, 'spec', 'policyTypes')).includes('Egress')) continue;
    const isForAll = isEmpty(readSelector(at(object, 'spec', 'podSelector')) ?? { labels: [], requirements: [] });
    for (const owner of selected(set, policy)) {
      const reach = callersOf(edges, owner, policy);
      for (const rule of asList(at(object, 'spec', 'egress'))) {
        const to = peersOf(set, namespaceOf(object), asList(asRecord(rule)?.to));
        if (to === 'all') reach.isOpen = true;
        else if (to.length > 0) reach.isBroad ||= isForAll;
        if (to !== 'all')
          for (const called of to)
            add(
              reach,
              called,
              portsOf(
                asList(asRecord(rule)?.ports).map((port) => at(port, 'port')),
                called,
              ),
            );
      }
    }
  }
  return edges;
}

/** Pods that a NetworkPolicy is about. */
export function selected(set: ObjectSet, policy: Member): readonly PodOwner[] {
  const selector = readSelector(at(policy.object, 'spec', 'podSelector'));
  return selector ? set.select(selector, namespaceOf(policy.object)) : [];
}

/** The pods of the set among the peers of a rule, or `all` where they can't be told. */
export function peersOf(set: ObjectSet, namespace: string, peers: readonly unknown[]): readonly PodOwner[] | 'all' {
  if (peers.length === 0) return 'all';
  const found: PodOwner[] = [];
  for (const peer of peers) {
    const pods = readSelector(at(peer, 'podSelector'));
    const elsewhere = at(peer, 'namespaceSelector');
    if (at(peer, 'ipBlock') !== undefined) continue;
    const places = elsewhere === undefined ? [namespace] : selectedNamespaces(set, elsewhere);
    if (!places && (!pods || isEmpty(pods))) return 'all';
    for (const place of places ?? [undefined])
      found.push(...set.select(pods ?? { labels: [], requirements: [] }, place));
  }
  return found;
}

/** Who may call whom by AuthorizationPolicies that allow. */
export function authorizationEdges(set: ObjectSet): Edges {
  const accounts = new Map<string, PodOwner[]>();
  for (const owner of set.pods) {
    const key = `${owner.namespace}/${textAt(owner.pod?.spec, 'serviceAccountName') ?? 'default'}`;
    accounts.set(key, [...(accounts.get(key) ?? []), owner]);
  }
  const edges = new Map<PodOwner, Callers>();
  for (const policy of set.ofKind('security.istio.io', 'AuthorizationPolicy')) {
    const { object } = policy;
    if ((textAt(object, 'spec', 'action') ?? 'ALLOW') !== 'ALLOW') continue;
    const selector = readSelector(at(object, 'spec', 'selector', 'matchLabels') ?? {}, true);
    if (!selector || at(object, 'spec', 'targetRefs') !== undefined) continue;
    for (const owner of set.select(selector, namespaceOf(object))) {
      const callers = callersOf(edges, owner, policy);
      for (const rule of asList(at(object, 'spec', 'rules'))) {
        const from = asList(asRecord(rule)?.from);
        const written = asList(asRecord(rule)?.to).flatMap((to) => asList(at(to, 'operation', 'ports')));
        const ports = portsOf(written.map(Number), owner);
        if (from.length === 0) callers.isOpen = true;
        for (const source of from) {
          const principals = asList(at(source, 'source', 'principals')).map(String);
          if (principals.length === 0) callers.isOpen = true;
          for (const principal of principals) {
            const [, namespace = '', name = ''] = /\/ns\/([^/*]+)\/sa\/([^/*]+)$/.exec(principal) ?? [];
            if (name === '') callers.isOpen = true;
            for (const caller of accounts.get(`${namespace}/${name}`) ?? []) add(callers, caller, ports);
          }
        }
      }
    }
  }
  return edges;
}

/** What a Sidecar lets its pods call, where it lists hosts one by one. */
export interface SidecarHost {
  readonly member: Member;
  readonly keys: Keys;
  readonly caller: PodOwner;
  readonly called: readonly PodOwner[];
}

/** Calls that Sidecars list, and callers whose Sidecar lists what they may call in their own namespace. */
export function sidecarEdges(set: ObjectSet): {
  readonly hosts: readonly SidecarHost[];
  readonly callers: ReadonlyMap<PodOwner, Member>;
} {
  const hosts: SidecarHost[] = [];
  const callers = new Map<PodOwner, Member>();
  for (const member of set.ofKind('networking.istio.io', 'Sidecar')) {
    const selector = readSelector(at(member.object, 'spec', 'workloadSelector', 'labels'), true);
    if (!selector) continue;
    const namespace = namespaceOf(member.object);
    const listed: { keys: Keys; called: readonly PodOwner[] }[] = [];
    const entries = asList(at(member.object, 'spec', 'egress')).flatMap((listener, index) =>
      asList(asRecord(listener)?.hosts).map((written, position) => {
        const [place = '', host = ''] = String(written).split('/');
        return { place, host, keys: ['spec', 'egress', index, 'hosts', position] };
      }),
    );
    for (const { host, keys } of entries) {
      const found = resolveHost(set, host, namespace);
      if (found.kind !== 'service') continue;
      const pods = readSelector(at(found.service.object, 'spec', 'selector'), true);
      listed.push({ keys, called: pods ? set.select(pods, namespaceOf(found.service.object)) : [] });
    }
    const isOpen = entries.some(
      ({ place, host }) => host.includes('*') && (place === '*' || place === '.' || mayBeSame(place, namespace)),
    );
    for (const caller of set.select(selector, namespace)) {
      if (!isOpen) callers.set(caller, member);
      hosts.push(...listed.map(({ keys, called }) => ({ member, keys, caller, called })));
    }
  }
  return { hosts, callers };
}

function callersOf(edges: Map<PodOwner, Callers>, owner: PodOwner, policy: Member): Callers {
  let callers = edges.get(owner);
  if (!callers) {
    callers = { policy, isOpen: false, isBroad: false, from: new Map() };
    edges.set(owner, callers);
  }
  return callers;
}

function add(callers: Callers, caller: PodOwner, ports: readonly (number | '*')[]): void {
  const known = callers.from.get(caller) ?? new Set();
  for (const port of ports) known.add(port);
  callers.from.set(caller, known);
}

/** Numbers of the ports; a name is looked up among the ports of the pod. */
function portsOf(written: readonly unknown[], owner: PodOwner): readonly (number | '*')[] {
  if (written.length === 0) return ['*'];
  return written.flatMap((port) => {
    if (typeof port === 'number') return port;
    const named = (owner.pod?.containers ?? []).flatMap(({ container }) =>
      asList(container.ports).filter((one) => textAt(one, 'name') === port),
    );
    return named.flatMap((one) =>
      typeof at(one, 'containerPort') === 'number' ? (at(one, 'containerPort') as number) : [],
    );
  });
}
