import type { KubeObject } from '../model/kube-object';
import { asRecord } from '../model/manifest/access';
import type { ClusterNode, ClusterNodes } from '../model/platform/cluster-nodes';
import type { Prices } from '../model/platform/prices';
import { podOwners, type PodOwner } from '../model/pod-owners';
import { perScale, type PerScale } from '../model/scales';
import { preferenceFor } from '../model/scheduling';
import { priceOf } from './bill';
import { spreadDomains } from './shares';

/** What spot nodes save on the replica slots of one workload, in hundredths of a percent. */
export interface SlotSaving {
  readonly object: KubeObject;
  readonly slots: PerScale<{ readonly replicas: number; readonly onSpot: number; readonly basisPoints: number }>;
}

export interface Saving {
  /** Workloads that are served and may run on spot nodes. */
  readonly workloads: readonly SlotSaving[];
  /** The same on the whole node bill. */
  readonly nodeBasisPoints: number;
}

/** What spot nodes save against the same nodes on demand; undefined where there are none. */
export function savingOf(objects: readonly KubeObject[], { nodes }: ClusterNodes, prices: Prices): Saving | undefined {
  const priced = nodes.filter((node) => priceOf(node, prices) !== undefined);
  if (!priced.some(({ capacity }) => capacity === 'spot')) return undefined;
  const paid = sum(priced.map((node) => priceOf(node, prices) ?? 0n));
  const full = sum(priced.map((node) => onDemand(node, prices)));
  return {
    workloads: podOwners(objects).flatMap((owner) => slotSaving(owner, priced, prices) ?? []),
    nodeBasisPoints: basisPoints(paid, full),
  };
}

function slotSaving(owner: PodOwner, nodes: readonly ClusterNode[], prices: Prices): SlotSaving | undefined {
  if (owner.role !== 'served') return undefined;
  const domains = spreadDomains(owner, nodes);
  if (!domains.flat().some(({ capacity }) => capacity === 'spot')) return undefined;
  const ordered = inOrder(owner, domains, prices);
  return {
    object: owner.object,
    slots: perScale((scale) => {
      const replicas = owner.pods[scale];
      const slots = Array.from({ length: replicas }, (_, slot) => ordered[slot % ordered.length] ?? []);
      const paid = sum(slots.map((domain) => dearest(domain.map((node) => priceOf(node, prices) ?? 0n))));
      const full = sum(slots.map((domain) => dearest(domain.map((node) => onDemand(node, prices)))));
      const onSpot = slots.filter((domain) => domain.every(({ capacity }) => capacity === 'spot')).length;
      return { replicas, onSpot, basisPoints: basisPoints(paid, full) };
    }),
  };
}

/**
 * The order in which domains take the replicas that don't go round: spot first where the pods prefer spot nodes, else
 * on-demand first, so that nothing is claimed that only luck would bring.
 */
function inOrder(
  owner: PodOwner,
  domains: readonly (readonly ClusterNode[])[],
  prices: Prices,
): readonly (readonly ClusterNode[])[] {
  const spec = asRecord(owner.template.spec) ?? {};
  const wish = (spot: boolean): number =>
    Math.max(
      0,
      ...domains
        .flat()
        .filter(({ capacity }) => (capacity === 'spot') === spot)
        .map((node) => preferenceFor(spec, node)),
    );
  const sign = wish(true) > wish(false) ? 1 : -1;
  const cost = (domain: readonly ClusterNode[]): bigint => dearest(domain.map((node) => priceOf(node, prices) ?? 0n));
  return [...domains].sort((a, b) => sign * Number(cost(a) - cost(b)));
}

/** The price of the same node on demand. */
function onDemand(node: ClusterNode, prices: Prices): bigint {
  return priceOf({ ...node, capacity: 'on-demand' }, prices) ?? 0n;
}

/** Where a domain has nodes at several prices, nothing says that the cheap ones are taken. */
function dearest(values: readonly bigint[]): bigint {
  return values.reduce((most, value) => (value > most ? value : most), 0n);
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}

/** Rounded down: a gate is not passed by rounding. */
function basisPoints(paid: bigint, full: bigint): number {
  return full === 0n ? 0 : Number(((full - paid) * 10_000n) / full);
}
