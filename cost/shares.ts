import type { KubeObject } from '../model/kube-object';
import { asList, asRecord, textAt } from '../model/manifest/access';
import type { ClusterNode, ClusterNodes } from '../model/platform/cluster-nodes';
import type { Prices } from '../model/platform/prices';
import { podOwners, type PodOwner } from '../model/pod-owners';
import type { Requests } from '../model/pod-requests';
import { perScale, type PerScale } from '../model/scales';
import { refusalOf } from '../model/scheduling';
import { perMonth, priceOf } from './bill';
import { dutyCycleOf } from './duty-cycle';
import type { MicroUsd } from './money';

/** What part of the node bill one object takes. */
export interface NodeShare {
  readonly object: KubeObject;
  readonly microUsdPerMonth: PerScale<MicroUsd>;
}

/** The node bill, divided. */
export interface NodeShares {
  readonly workloads: readonly NodeShare[];
  readonly addons: PerScale<MicroUsd>;
  /** What nobody requests. */
  readonly idle: PerScale<MicroUsd>;
}

/**
 * Divides the node bill by requests. A pod pays for the larger of its share of CPU and its share of memory of the
 * nodes it may run on (dominant share: a pod that fills the memory leaves CPUs that nobody can use), at their average
 * price; a hard topology spread weighs its domains alike. Jobs pay for the part of the time they run. Where the
 * shares come to more than the bill, all are lowered alike.
 */
export function nodeSharesOf(objects: readonly KubeObject[], cluster: ClusterNodes, prices: Prices): NodeShares {
  const nodes = cluster.nodes.filter((node) => priceOf(node, prices) !== undefined);
  const bill = nodes.reduce((sum, node) => sum + monthly(node, prices), 0n);
  const owners = podOwners(objects);
  const raw = owners.map((owner) => ({ object: owner.object, microUsdPerMonth: ownerShare(owner, nodes, prices) }));
  const rawAddons = addonShares(cluster, nodes, prices);
  const asked = perScale((scale) =>
    raw.reduce((sum, { microUsdPerMonth }) => sum + microUsdPerMonth[scale], rawAddons[scale]),
  );
  const fair = (amount: PerScale<MicroUsd>): PerScale<MicroUsd> =>
    perScale((scale) => (asked[scale] > bill ? (amount[scale] * bill) / asked[scale] : amount[scale]));
  const workloads = raw.map(({ object, microUsdPerMonth }) => ({ object, microUsdPerMonth: fair(microUsdPerMonth) }));
  const addons = fair(rawAddons);
  const idle = perScale((scale) =>
    workloads.reduce((left, { microUsdPerMonth }) => left - microUsdPerMonth[scale], bill - addons[scale]),
  );
  return { workloads, addons, idle };
}

/** Nodes by the domains of the pod's first hard topology spread; all in one where it has none. */
export function spreadDomains(owner: PodOwner, nodes: readonly ClusterNode[]): readonly (readonly ClusterNode[])[] {
  const spec = asRecord(owner.template.spec) ?? {};
  const allowed = nodes.filter((node) => refusalOf(spec, node) === undefined);
  const keys = asList(spec.topologySpreadConstraints)
    .filter((one) => textAt(one, 'whenUnsatisfiable') !== 'ScheduleAnyway')
    .map((one) => textAt(one, 'topologyKey') ?? '');
  // A spread over hosts makes every node a domain: prices differ between kinds of node.
  const key = keys.find((name) => name !== 'kubernetes.io/hostname') ?? keys[0];
  if (key === undefined) return allowed.length === 0 ? [] : [allowed];
  const values = [...new Set(allowed.map(({ labels }) => labels[key]))].sort();
  return values.map((value) => allowed.filter(({ labels }) => labels[key] === value));
}

function ownerShare(owner: PodOwner, nodes: readonly ClusterNode[], prices: Prices): PerScale<MicroUsd> {
  if (owner.role === 'node') {
    const spec = asRecord(owner.template.spec) ?? {};
    const sum = nodes
      .filter((node) => refusalOf(spec, node) === undefined)
      .reduce((total, node) => total + shareOf(owner.one, [node], prices), 0n);
    return perScale(() => sum);
  }
  const domains = spreadDomains(owner, nodes);
  if (domains.length === 0) return perScale(() => 0n);
  const each = domains.reduce((sum, domain) => sum + shareOf(owner.one, domain, prices), 0n);
  const duty = dutyCycleOf(owner);
  return perScale((scale) => {
    const pods = BigInt(owner.role === 'job' ? owner.pods.maximum : owner.pods[scale]);
    return (each * pods * duty.seconds) / (BigInt(domains.length) * duty.of);
  });
}

/** One pod on one of the nodes, whichever: its dominant share of them at their price. */
function shareOf({ cpuMillicores, memoryBytes }: Requests, nodes: readonly ClusterNode[], prices: Prices): MicroUsd {
  const bill = nodes.reduce((sum, node) => sum + monthly(node, prices), 0n);
  const share = (need: bigint, amount: (node: ClusterNode) => bigint): MicroUsd => {
    const there = nodes.reduce((sum, node) => sum + amount(node), 0n);
    return there === 0n ? 0n : (bill * need) / there;
  };
  const cpu = share(cpuMillicores, ({ allocatable }) => allocatable.cpuMillicores);
  const memory = share(memoryBytes, ({ allocatable }) => allocatable.memoryBytes);
  return cpu > memory ? cpu : memory;
}

function addonShares(cluster: ClusterNodes, nodes: readonly ClusterNode[], prices: Prices): PerScale<MicroUsd> {
  const daemons = nodes.reduce((sum, node) => sum + shareOf(cluster.onEachNode, [node], prices), 0n);
  return perScale((scale) =>
    cluster.addons
      .filter(({ atMaximumOnly }) => scale === 'maximum' || !atMaximumOnly)
      .reduce((sum, { requests, nodeSelector, tolerations }) => {
        const allowed = nodes.filter((node) => refusalOf({ nodeSelector, tolerations }, node) === undefined);
        return sum + shareOf(requests, allowed, prices);
      }, daemons),
  );
}

function monthly(node: ClusterNode, prices: Prices): MicroUsd {
  return perMonth(priceOf(node, prices) ?? 0n, prices);
}
