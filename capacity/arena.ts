import { describeObject, type KubeObject } from '../model/kube-object';
import { asRecord } from '../model/manifest/access';
import type { ClusterNode, ClusterNodes } from '../model/platform/cluster-nodes';
import { podOwners, type PodOwner } from '../model/pod-owners';
import type { Resources } from '../model/pod-requests';
import type { ScaleName } from '../model/scales';
import { preferenceFor, refusalOf, unwelcomeTaints, type SchedulingSpec } from '../model/scheduling';
import { priorities, type PriorityOf } from './priority';
import { topologyOf, type Topology } from './topology';

/** How many pods of each group are wanted, by the group's index. */
export type Wanted = readonly number[];

/** Pods that the scheduler can't tell apart: those of one owner. */
export interface Group {
  readonly index: number;
  /** `Deployment aia/api`, or the add-on it stands for. */
  readonly owner: string;
  /** Undefined for add-ons, which no manifest shows. */
  readonly source: PodOwner | undefined;
  readonly pods: Readonly<Record<ScaleName, number>>;
  /** What one pod asks of a node, in the order of {@link Arena.resources}. */
  readonly needs: readonly number[];
  readonly priority: number;
  /** Pushes pods of a lower priority off a full node. */
  readonly preempts: boolean;
  /** Has the lowest priority class of the set: it may wait for room at the maximum. */
  readonly mayWait: boolean;
  /** By node: why it may not run there at all, or undefined. */
  readonly refusals: readonly (string | undefined)[];
  /** By node: weights of preferred affinity, number of taints better avoided. */
  readonly preference: readonly number[];
  readonly unwelcome: readonly number[];
  readonly topology: Topology;
}

/** Pods and nodes, ready for the two questions. Amounts are exact integers: millicores, bytes, pieces. */
export interface Arena {
  /** `cpu`, `memory`, and whatever else a pod or node names. */
  readonly resources: readonly string[];
  readonly nodes: readonly ClusterNode[];
  /** By node: what is free once its DaemonSets run, by resource. */
  readonly free: readonly (readonly number[])[];
  /** By node: pods that still fit under the limit of the kubelet. */
  readonly room: readonly number[];
  readonly groups: readonly Group[];
  /** Those of them that keep others away. */
  readonly keepAway: readonly Group[];
}

/** What an owner or an add-on brings into the arena, before it is held against nodes. */
interface Candidate {
  readonly owner: string;
  readonly source: PodOwner | undefined;
  readonly pods: Group['pods'];
  readonly resources: Resources;
  readonly spec: SchedulingSpec & Readonly<Record<string, unknown>>;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly priority: PriorityOf;
}

/**
 * Holds the pods of the objects and add-ons against nodes. Groups and nodes are sorted by name, so that the order of
 * files changes no answer.
 *
 * @param cluster the nodes, all or those that are left after a loss.
 */
export function arenaOf(objects: readonly KubeObject[], cluster: ClusterNodes): Arena {
  const owners = podOwners(objects);
  const priorityOf = priorities(objects);
  const nodes = [...cluster.nodes].sort((a, b) => (a.name < b.name ? -1 : 1));
  const candidates = [
    ...owners.filter(({ role }) => role !== 'node').map((owner) => ownerCandidate(owner, priorityOf)),
    ...addonCandidates(cluster, priorityOf),
  ].sort((a, b) => (a.owner < b.owner ? -1 : 1));
  const resources = resourceNames([
    ...candidates.map((candidate) => candidate.resources),
    ...nodes.map(({ allocatable }) => allocatable),
  ]);
  const daemons = nodes.map((node) => daemonsOn(node, owners, cluster));
  const groups = candidates.map((candidate, index): Group => ({
    index,
    owner: candidate.owner,
    source: candidate.source,
    pods: candidate.pods,
    needs: amounts(candidate.resources, resources),
    priority: candidate.priority.value,
    preempts: candidate.priority.preempts,
    mayWait: candidate.priority.isLowest,
    refusals: nodes.map((node) => refusalOf(candidate.spec, node)),
    preference: nodes.map((node) => preferenceFor(candidate.spec, node)),
    unwelcome: nodes.map((node) => unwelcomeTaints(candidate.spec, node)),
    topology: topologyOf(candidate, candidates, nodes),
  }));
  return {
    resources,
    nodes,
    free: nodes.map((node, index) => {
      const used = (daemons[index] ?? []).map((one) => amounts(one, resources));
      return amounts(node.allocatable, resources).map((amount, at) =>
        used.reduce((left, one) => left - (one[at] ?? 0), amount),
      );
    }),
    room: nodes.map(({ pods }, index) => pods - (daemons[index]?.length ?? 0)),
    groups,
    keepAway: groups.filter(({ topology }) => topology.avoids.length > 0),
  };
}

function ownerCandidate(owner: PodOwner, priorityOf: (name: unknown, value?: unknown) => PriorityOf): Candidate {
  const spec = (asRecord(owner.template.spec) ?? {}) as Candidate['spec'];
  return {
    owner: describeObject(owner.object),
    source: owner,
    pods: owner.pods,
    resources: owner.one,
    spec,
    namespace: owner.object.metadata.namespace ?? '',
    labels: owner.template.metadata?.labels ?? {},
    priority: priorityOf(spec.priorityClassName, spec.priority),
  };
}

function addonCandidates(cluster: ClusterNodes, priorityOf: (name: unknown) => PriorityOf): Candidate[] {
  return cluster.addons.map(
    ({ addon, name, requests, nodeSelector, tolerations, priorityClass, atMaximumOnly }, at) => {
      const label = `${name} (${at})`;
      return {
        owner: name === addon ? `add-on ${addon}` : `add-on ${addon}: ${name}`,
        source: undefined,
        pods: { minimum: atMaximumOnly ? 0 : 1, expected: atMaximumOnly ? 0 : 1, maximum: 1 },
        resources: { ...requests, extended: {} },
        spec: { nodeSelector, tolerations },
        namespace: addon,
        labels: { addon: label },
        priority: priorityOf(priorityClass),
      };
    },
  );
}

/** What runs on a node before any other pod: DaemonSets of the objects that tolerate it, and those of add-ons. */
function daemonsOn(node: ClusterNode, owners: readonly PodOwner[], { onEachNode }: ClusterNodes): Resources[] {
  const own = owners
    .filter(({ role, template }) => role === 'node' && refusalOf(asRecord(template.spec) ?? {}, node) === undefined)
    .map(({ one }) => one);
  const some = onEachNode.cpuMillicores > 0n || onEachNode.memoryBytes > 0n;
  return some ? [...own, { ...onEachNode, extended: {} }] : own;
}

function resourceNames(all: readonly Resources[]): readonly string[] {
  const extended = new Set(all.flatMap(({ extended: more }) => Object.keys(more)));
  return ['cpu', 'memory', ...[...extended].sort()];
}

function amounts({ cpuMillicores, memoryBytes, extended }: Resources, resources: readonly string[]): number[] {
  return resources.map((name) => {
    if (name === 'cpu') return Number(cpuMillicores);
    return Number(name === 'memory' ? memoryBytes : (extended[name] ?? 0n));
  });
}
