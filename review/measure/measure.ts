import { capacityOf } from '../../capacity/capacity';
import { capacityJson } from '../../capacity/output/json';
import { costOf } from '../../cost/cost';
import { costJson } from '../../cost/output/json';
import { jsonText } from '../../model/json-text';
import { identityOf, type KubeObject } from '../../model/kube-object';
import type { ClusterNodes } from '../../model/platform/cluster-nodes';
import type { Prices } from '../../model/platform/prices';
import { subjectOf, type ObjectChange } from '../diff/object-change';
import type { BeforeAfter, CapacitySets, CostSets } from '../review-model';
import { isBelow, type ObjectReader } from '../source/objects';

/** Objects of one phase for one cluster, and the nodes that they run on. */
export interface Cell {
  /** `dist/phase-1/europe-west4`. */
  readonly folder: string;
  readonly phase: string;
  readonly cluster: string;
  readonly nodes: ClusterNodes;
}

/** What is known of the platform that the manifests belong to; foreign manifests have none. */
export interface Site {
  readonly cellOf: (file: string) => Cell | undefined;
  readonly prices: Prices;
}

export interface Measured {
  readonly capacity: BeforeAfter<CapacitySets>;
  readonly cost: BeforeAfter<CostSets>;
}

export const NOT_MEASURED: Measured = { capacity: { base: null, head: null }, cost: { base: null, head: null } };

/**
 * Requests, whether they fit, and the month's bill, before and after, of the clusters whose objects change. A
 * promoted cluster is measured in the folder that it leaves and in the one that it goes to. Nodes and prices are
 * today's on both sides: they are code, which a revision of manifests does not carry.
 */
export function measure(
  changes: readonly ObjectChange[],
  base: ObjectReader,
  head: ObjectReader,
  site: Site | undefined,
): Measured {
  if (!site) return NOT_MEASURED;
  const pairs = new Map<string, readonly [Cell | undefined, Cell | undefined]>();
  for (const change of changes) {
    const { file } = subjectOf(change);
    const { promotion } = change;
    const left = site.cellOf(promotion ? `${promotion.from}/` : (change.base?.file ?? file));
    const right = site.cellOf(promotion ? `${promotion.to}/` : (change.head?.file ?? file));
    if (left ?? right) pairs.set(`${left?.folder ?? ''}\n${right?.folder ?? ''}`, [left, right]);
  }
  if (pairs.size === 0) return NOT_MEASURED;
  const sorted = [...pairs].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, pair]) => pair);
  const before = sorted.flatMap(([left]) => (left ? one(left, base, site.prices) : []));
  const after = sorted.flatMap(([, right]) => (right ? one(right, head, site.prices) : []));
  return {
    capacity: {
      base: { sets: before.map(({ capacity }) => capacity) },
      head: { sets: after.map(({ capacity }) => capacity) },
    },
    cost: { base: { sets: before.map(({ cost }) => cost) }, head: { sets: after.map(({ cost }) => cost) } },
  };
}

interface MeasuredCell {
  readonly capacity: CapacitySets['sets'][number];
  readonly cost: CostSets['sets'][number];
}

function one(cell: Cell, reader: ObjectReader, prices: Prices): MeasuredCell[] {
  const objects = new Map<string, KubeObject>();
  for (const { object, place } of reader.below(cell.folder)) {
    if (isBelow(place, cell.folder)) objects.set(identityOf(object), object);
  }
  if (objects.size === 0) return [];
  const all = [...objects.values()];
  // Orders of arrival and losses are questions for `aia capacity`: they take most of its time.
  const capacity = capacityOf(all, cell.nodes, { orders: 0, whatIf: false });
  const cost = costOf(all, cell.nodes, prices);
  return [
    {
      capacity: plain(capacityJson(cell.folder, cell, capacity)) as MeasuredCell['capacity'],
      cost: plain(costJson(cell.folder, cell, cost)) as MeasuredCell['cost'],
    },
  ];
}

/** As our commands print it, so that the numbers are those of `aia capacity --format json`. */
function plain(value: unknown): unknown {
  return JSON.parse(jsonText(value));
}
