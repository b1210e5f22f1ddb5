import { asList, asNumber, asString, at, textAt } from '../model/manifest/access';
import { selects } from '../model/manifest/label-selector';
import type { ClusterNode } from '../model/platform/cluster-nodes';
import { matchesNode, refusalOf, type SchedulingSpec } from '../model/scheduling';

/** A topology spread constraint, held against nodes. */
export interface Spread {
  readonly topologyKey: string;
  readonly maxSkew: number;
  /** `DoNotSchedule`; the others only score. */
  readonly hard: boolean;
  /** By node: number of its domain, or -1 where it has none. */
  readonly domains: readonly number[];
  readonly size: number;
  /** By node: whether it, and the pods on it, count. */
  readonly considered: readonly boolean[];
  readonly minDomains: number;
  /** Groups whose pods are counted. */
  readonly counted: readonly number[];
}

/** A term of pod affinity or anti-affinity, held against nodes. */
export interface Term {
  readonly topologyKey: string;
  readonly domains: readonly number[];
  /** Groups whose pods it is about. */
  readonly matched: readonly number[];
  /** Positive draws near, negative keeps away; 0 for required terms. */
  readonly weight: number;
}

/** All by which a pod looks at where other pods are. */
export interface Topology {
  readonly spreads: readonly Spread[];
  readonly avoids: readonly Term[];
  readonly joins: readonly Term[];
  readonly prefers: readonly Term[];
}

/** What is known of a group before it is held against nodes. */
interface Named {
  readonly spec: SchedulingSpec & Readonly<Record<string, unknown>>;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What the scheduler adds to pods that say nothing about spreading; it only scores. */
const DEFAULT_SPREADS = [
  { maxSkew: 3, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
  { maxSkew: 5, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
];

/**
 * Reads spread constraints and pod affinity of one group.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export function topologyOf(group: Named, all: readonly Named[], nodes: readonly ClusterNode[]): Topology {
  const own = asList(group.spec.topologySpreadConstraints);
  const isOwn = (other: Named): boolean => other === group;
  const spreads =
    own.length > 0
      ? own.map((one) =>
          spreadOf(
            one,
            group,
            nodes,
            where(all, (other) => inSpread(one, group, other)),
          ),
        )
      : DEFAULT_SPREADS.map((one) => spreadOf(one, group, nodes, where(all, isOwn)));
  const terms = (kind: string, strictness: string): readonly unknown[] =>
    asList(at(group.spec.affinity, kind, strictness));
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
  const weighted = (kind: string, sign: number): Term[] =>
    terms(kind, preferred).map((term) =>
      termOf(at(term, 'podAffinityTerm'), sign * (asNumber(at(term, 'weight')) ?? 0), group, all, nodes),
    );
  return {
    spreads,
    avoids: terms('podAntiAffinity', required).map((term) => termOf(term, 0, group, all, nodes)),
    joins: terms('podAffinity', required).map((term) => termOf(term, 0, group, all, nodes)),
    prefers: [...weighted('podAffinity', 1), ...weighted('podAntiAffinity', -1)],
  };
}

/** Positions of the groups that are meant. */
function where(all: readonly Named[], meant: (group: Named) => boolean): readonly number[] {
  return all.flatMap((group, index) => (meant(group) ? [index] : []));
}

function inSpread(constraint: unknown, group: Named, other: Named): boolean {
  return other.namespace === group.namespace && selects(at(constraint, 'labelSelector'), other.labels);
}

function spreadOf(
  constraint: unknown,
  group: Named,
  nodes: readonly ClusterNode[],
  counted: readonly number[],
): Spread {
  const topologyKey = textAt(constraint, 'topologyKey') ?? '';
  const { domains, size } = domainsOf(topologyKey, nodes);
  const honorsAffinity = textAt(constraint, 'nodeAffinityPolicy') !== 'Ignore';
  const honorsTaints = textAt(constraint, 'nodeTaintsPolicy') === 'Honor';
  return {
    topologyKey,
    maxSkew: asNumber(at(constraint, 'maxSkew')) ?? 1,
    hard: textAt(constraint, 'whenUnsatisfiable') !== 'ScheduleAnyway',
    domains,
    size,
    considered: nodes.map(
      (node, index) =>
        domains[index] !== -1 &&
        (!honorsAffinity || matchesNode(group.spec, node)) &&
        (!honorsTaints || refusalOf(group.spec, node) !== 'taint'),
    ),
    minDomains: asNumber(at(constraint, 'minDomains')) ?? 1,
    counted,
  };
}

function termOf(
  term: unknown,
  weight: number,
  group: Named,
  all: readonly Named[],
  nodes: readonly ClusterNode[],
): Term {
  const topologyKey = textAt(term, 'topologyKey') ?? '';
  const named = asList(at(term, 'namespaces')).map(asString);
  const isAny = at(term, 'namespaceSelector') !== undefined;
  const within = (namespace: string): boolean =>
    isAny || (named.length > 0 ? named.includes(namespace) : namespace === group.namespace);
  return {
    topologyKey,
    domains: domainsOf(topologyKey, nodes).domains,
    matched: where(all, (other) => within(other.namespace) && selects(at(term, 'labelSelector'), other.labels)),
    weight,
  };
}

function domainsOf(key: string, nodes: readonly ClusterNode[]): { domains: number[]; size: number } {
  const numbers = new Map<string, number>();
  const domains = nodes.map(({ labels }) => {
    const value = labels[key];
    if (value === undefined) return -1;
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return known;
  });
  return { domains, size: numbers.size };
}
