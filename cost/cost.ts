import { identityOf, type KubeObject } from '../model/kube-object';
import type { ClusterNodes } from '../model/platform/cluster-nodes';
import type { Prices } from '../model/platform/prices';
import type { PerScale } from '../model/scales';
import { billOf, type CostLine, type NotPriced } from './bill';
import { addMoney, NO_MONEY, type MicroUsd } from './money';
import { savingOf, type Saving } from './saving';
import { nodeSharesOf } from './shares';

/** What one object costs in a month: its share of the nodes, its disks and devices. */
export interface ObjectCost {
  readonly object: KubeObject;
  readonly microUsdPerMonth: PerScale<MicroUsd>;
}

/** What `aia cost` says of one set of objects, in millionths of a US dollar a month. */
export interface Cost {
  readonly lines: readonly CostLine[];
  readonly total: PerScale<MicroUsd>;
  /** Objects that something can be put down to; the rest of the total is in `shared`. */
  readonly workloads: readonly ObjectCost[];
  readonly shared: {
    /** Requests of add-ons on the nodes. */
    readonly addons: PerScale<MicroUsd>;
    /** Nodes that nobody requests. */
    readonly idle: PerScale<MicroUsd>;
    /** Boot disks, disks of add-ons, load balancers, traffic, fees. */
    readonly other: PerScale<MicroUsd>;
  };
  readonly saving: Saving | undefined;
  readonly notPriced: readonly NotPriced[];
}

/**
 * What a set of objects costs in a month on the nodes of a cluster. Pure, exact: no figure but those of the prices.
 *
 * ```ts
 * const cost = costOf(objects, clusterNodes(platform, cluster, phase), prices);
 * cost.total.maximum;                          // bigint, micro-dollars a month
 * cost.workloads[0].microUsdPerMonth.expected; // what is put down to one object
 * cost.notPriced.filter(({ missing }) => missing); // what the total lacks
 * ```
 *
 * @param cluster nodes and add-ons; undefined: nothing can be priced, and `notPriced` says so.
 * @throws QuantityError where a resource is no quantity.
 */
export function costOf(objects: readonly KubeObject[], cluster: ClusterNodes | undefined, prices: Prices): Cost {
  const { lines, notPriced } = billOf(objects, cluster, prices);
  const total = sumOf(lines);
  const never = Object.entries(prices.notPriced).map(([what, reason]) => ({ what, reason, missing: false }));
  const shares = cluster ? nodeSharesOf(objects, cluster, prices) : { workloads: [], addons: NO_MONEY, idle: NO_MONEY };
  const direct = lines.filter(({ object }) => object !== undefined);
  const other = sumOf(lines.filter(({ object, kind }) => object === undefined && kind !== 'nodes'));
  return {
    lines,
    total,
    workloads: merged([...shares.workloads, ...direct]),
    shared: { addons: shares.addons, idle: shares.idle, other },
    saving: cluster && savingOf(objects, cluster, prices),
    notPriced: [...notPriced, ...never],
  };
}

function sumOf(lines: readonly CostLine[]): PerScale<MicroUsd> {
  return lines.map(({ microUsdPerMonth }) => microUsdPerMonth).reduce(addMoney, NO_MONEY);
}

/** One entry an object, in the order in which they first come. */
function merged(costs: readonly { object?: KubeObject; microUsdPerMonth: PerScale<MicroUsd> }[]): ObjectCost[] {
  const byIdentity = new Map<string, ObjectCost>();
  for (const { object, microUsdPerMonth } of costs) {
    if (object === undefined) continue;
    const before = byIdentity.get(identityOf(object))?.microUsdPerMonth ?? NO_MONEY;
    byIdentity.set(identityOf(object), { object, microUsdPerMonth: addMoney(before, microUsdPerMonth) });
  }
  return [...byIdentity.values()];
}
