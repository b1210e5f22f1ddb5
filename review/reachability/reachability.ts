import type { Entry } from '../source/objects';
import { authorizedPorts, isAuthorized, isGuarded, namedPrincipals } from './authorization';
import type { Edge } from './edge';
import { permissionsOf, type Direction, type Peer, type Permission, type PolicyPort } from './network-policy';
import { workloadsOf, type Workload } from './workload';

/** A way between two peers. */
export interface Way {
  readonly from: Peer;
  readonly to: Peer;
  readonly port: number | string | null;
  readonly protocol: string | null;
}

/** Who may call whom in one set of objects. */
export class Reachability {
  private readonly workloads: ReadonlyMap<string, Workload>;
  private readonly network: readonly Entry[];
  private readonly mesh: readonly Entry[];
  private readonly known = new Map<string, readonly Permission[] | undefined>();

  constructor(entries: readonly Entry[]) {
    this.workloads = new Map(workloadsOf(entries).map((workload) => [workload.id, workload]));
    const ofKind = (kind: string, group: string): readonly Entry[] =>
      entries.filter(({ object }) => object.kind === kind && object.apiVersion.startsWith(group));
    this.network = ofKind('NetworkPolicy', 'networking.k8s.io/');
    this.mesh = ofKind('AuthorizationPolicy', 'security.istio.io/');
  }

  /** False where no policy is in the set: everything may call everything. */
  get isRestricted(): boolean {
    return this.network.length + this.mesh.length > 0;
  }

  has(id: string): boolean {
    return this.workloads.has(id);
  }

  /**
   * Ways that a policy names, and one way from or to a group (anywhere, every pod) instead of one for each member:
   * without policies that is one line a workload, not the square of their number.
   */
  ways(): readonly Way[] {
    const ways = new Map<string, Way>();
    const add = (way: Way): void => {
      ways.set(JSON.stringify(edgeOf(way)), way);
    };
    for (const target of this.workloads.values()) {
      for (const port of this.portsOf(target)) {
        for (const from of this.groupsInto(target, port)) add({ from, to: peer(target), ...port });
        for (const source of this.workloads.values()) {
          if (source === target || !this.isNamed(source, target, port)) continue;
          const way = { from: peer(source), to: peer(target), ...port };
          if (this.permits(way)) add(way);
        }
      }
    }
    for (const source of this.workloads.values()) for (const way of this.waysOut(source)) add(way);
    return [...ways.values()].filter((way) => !this.isCoveredByAllPorts(way, ways));
  }

  /** Whether a way is open, be it by a rule about it or by a wider one. */
  permits({ from, to, port, protocol }: Way): boolean {
    const wanted = { port, protocol };
    const target = to.kind === 'workload' ? this.workloads.get(to.id) : undefined;
    const source = from.kind === 'workload' ? this.workloads.get(from.id) : undefined;
    if ((to.kind === 'workload' && !target) || (from.kind === 'workload' && !source)) return false;
    if (source && !this.allows(source, 'egress', to, wanted, target)) return false;
    if (!target) return true;
    return this.allows(target, 'ingress', from, wanted, target) && this.isTrusted(target, from, source, port);
  }

  private isTrusted(target: Workload, from: Peer, source: Workload | undefined, port: Way['port']): boolean {
    if (from.kind === 'strangers') {
      // Pods by their labels may have any identity: that a network policy names them is taken as meant.
      if (from.principal === undefined) return true;
      const namespace = /\/ns\/([^/]+)\//.exec(from.principal)?.[1] ?? '';
      return isAuthorized(target, { principal: from.principal, namespace }, port, this.mesh);
    }
    const caller = source ?? (from.kind === 'namespace' ? { principal: '', namespace: from.namespace } : undefined);
    return isAuthorized(target, caller, port, this.mesh);
  }

  private allows(
    workload: Workload,
    direction: Direction,
    peerAsked: Peer,
    port: PolicyPort,
    target?: Workload,
  ): boolean {
    const permissions = this.permissions(workload, direction);
    if (permissions === undefined) return true;
    return permissions.some(
      ({ peers, ports }) =>
        peers.some((one) => this.covers(one, peerAsked)) && ports.some((one) => coversPort(one, port, target)),
    );
  }

  /** Whether a peer of a rule takes in the one that is asked for. */
  private covers(rule: Peer, asked: Peer): boolean {
    if (rule.kind === 'anywhere') return true;
    switch (asked.kind) {
      case 'anywhere':
        return false;
      case 'cluster':
        return rule.kind === 'cluster';
      case 'namespace':
        return rule.kind === 'cluster' || (rule.kind === 'namespace' && rule.namespace === asked.namespace);
      case 'workload':
        return (
          rule.kind === 'cluster' ||
          (rule.kind === 'workload' && rule.id === asked.id) ||
          (rule.kind === 'namespace' && this.workloads.get(asked.id)?.namespace === rule.namespace)
        );
      case 'addresses':
        return rule.kind === 'addresses' && rule.name === asked.name;
      case 'strangers':
        if (asked.principal !== undefined) return rule.kind !== 'workload' && rule.kind !== 'addresses';
        return rule.kind === 'cluster' || (rule.kind === 'strangers' && rule.name === asked.name);
    }
  }

  /** Groups, ranges and strangers that may call a port of the workload. */
  private groupsInto(target: Workload, port: PolicyPort): readonly Peer[] {
    const permissions = this.permissions(target, 'ingress');
    const peers: Peer[] = permissions === undefined ? [{ kind: 'anywhere' }] : permissions.flatMap((one) => one.peers);
    const known = new Set([...this.workloads.values()].map(({ principal }) => principal));
    for (const principal of namedPrincipals(target, this.mesh)) {
      if (!known.has(principal)) peers.push({ kind: 'strangers', name: principal, principal });
    }
    return peers.filter((from) => from.kind !== 'workload' && this.permits({ from, to: peer(target), ...port }));
  }

  private waysOut(source: Workload): readonly Way[] {
    const permissions = this.permissions(source, 'egress');
    const from = peer(source);
    if (permissions === undefined) return [{ from, to: { kind: 'anywhere' }, port: null, protocol: null }];
    return permissions.flatMap(({ peers, ports }) =>
      peers.flatMap((to) => (to.kind === 'workload' ? [] : ports.map((port) => ({ from, to, ...port })))),
    );
  }

  /** Whether some policy is about exactly these two. */
  private isNamed(source: Workload, target: Workload, port: PolicyPort): boolean {
    const names = (one: Workload, direction: Direction, id: string): boolean =>
      this.permissions(one, direction)?.some(
        ({ peers, ports }) =>
          peers.some((entry) => entry.kind === 'workload' && entry.id === id) &&
          ports.some((entry) => coversPort(entry, port, target)),
      ) === true;
    return names(target, 'ingress', source.id) || names(source, 'egress', target.id) || isGuarded(target, this.mesh);
  }

  /** Ports worth asking about: what the pods declare, what policies name, and null for all others. */
  private portsOf(target: Workload): readonly PolicyPort[] {
    const declared = target.ports.map(({ port, protocol }) => ({ port, protocol }));
    const named = this.permissions(target, 'ingress')?.flatMap(({ ports }) => ports) ?? [];
    const resolved = named.map((one) => resolvePort(one, target));
    const meshed = authorizedPorts(target, this.mesh).map((port) => ({ port, protocol: 'TCP' }));
    const all: PolicyPort[] = [{ port: null, protocol: null }, ...declared, ...resolved, ...meshed];
    return [...new Map(all.map((one) => [`${String(one.port)}/${String(one.protocol)}`, one])).values()];
  }

  private isCoveredByAllPorts(way: Way, ways: ReadonlyMap<string, Way>): boolean {
    return way.port !== null && ways.has(JSON.stringify(edgeOf({ ...way, port: null, protocol: null })));
  }

  private permissions(workload: Workload, direction: Direction): readonly Permission[] | undefined {
    const key = `${direction} ${workload.id}`;
    if (!this.known.has(key)) {
      this.known.set(key, permissionsOf(workload, direction, this.network, [...this.workloads.values()]));
    }
    return this.known.get(key);
  }
}

function peer({ id }: Workload): Peer {
  return { kind: 'workload', id };
}

function resolvePort(port: PolicyPort, target: Workload): PolicyPort {
  if (typeof port.port !== 'string') return port;
  const found = target.ports.find(({ name, protocol }) => name === port.port && protocol === port.protocol);
  return found ? { port: found.port, protocol: found.protocol } : port;
}

/** Whether a rule's port takes in the one asked for; names are those of the target's containers. */
function coversPort(rule: PolicyPort, asked: PolicyPort, target: Workload | undefined): boolean {
  if (rule.protocol !== null && asked.protocol !== null && rule.protocol !== asked.protocol) return false;
  if (rule.port === null) return rule.protocol === null || asked.protocol === rule.protocol;
  if (asked.port === null) return false;
  const { port } = target ? resolvePort(rule, target) : rule;
  if (port === asked.port) return true;
  const range = typeof port === 'string' ? /^(\d+)-(\d+)$/.exec(port) : null;
  return (
    range !== null && typeof asked.port === 'number' && asked.port >= Number(range[1]) && asked.port <= Number(range[2])
  );
}

/** The way as it is printed. */
export function edgeOf({ from, to, port, protocol }: Way): Edge {
  return { from: peerText(from), to: peerText(to), port, protocol };
}

function peerText(peer: Peer): string {
  switch (peer.kind) {
    case 'workload':
      return peer.id;
    case 'anywhere':
      return 'anywhere';
    case 'cluster':
      return 'every pod of the cluster';
    case 'namespace':
      return `every pod of ${peer.namespace}`;
    case 'addresses':
    case 'strangers':
      return peer.name;
  }
}
