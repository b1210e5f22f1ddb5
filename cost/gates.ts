import { describeObject } from '../model/kube-object';
import { PHASE_IDS, type PhaseId } from '../model/platform/phase';
import type { Prices } from '../model/platform/prices';
import { SCALES } from '../model/scales';
import type { Cost } from './cost';
import { dollarText, type MicroUsd } from './money';

/** The cost of one cluster in one phase. */
export interface ClusterCost {
  readonly phase: PhaseId;
  readonly cluster: string;
  readonly cost: Cost;
}

/** A limit that the platform promised to keep. */
export interface Gate {
  readonly gate: 'budget' | 'spot saving';
  /** `unknown`: something that is paid for has no price. `none`: there is nothing to hold against it. */
  readonly answer: 'kept' | 'broken' | 'unknown' | 'none';
  readonly message: string;
  readonly fix: string;
}

/** Each cluster in the highest phase that is there: what the platform comes to in the end. */
export function highestPhases(costs: readonly ClusterCost[]): readonly ClusterCost[] {
  const rank = ({ phase }: ClusterCost): number => PHASE_IDS.indexOf(phase);
  return costs.filter((one) => costs.every((other) => other.cluster !== one.cluster || rank(other) <= rank(one)));
}

/** Holds all clusters together against the limits of the price table. */
export function gatesOf(costs: readonly ClusterCost[], prices: Prices): readonly Gate[] {
  const highest = highestPhases(costs);
  return highest.length === 0 ? [] : [budgetGate(highest, prices), savingGate(highest, prices)];
}

/** What all clusters of the list cost at the maximum, in micro-dollars a month. */
export function budgetTotal(costs: readonly ClusterCost[]): MicroUsd {
  return costs.reduce((sum, { cost }) => sum + cost.total.maximum, 0n);
}

function budgetGate(highest: readonly ClusterCost[], { gates }: Prices): Gate {
  const { limit } = gates.usdPerMonth;
  const total = budgetTotal(highest);
  const names = highest.map(({ cluster, phase }) => `${cluster} in ${phase}`).join(', ');
  const amount = `${dollarText(total)} of ${dollarText(BigInt(limit) * 1_000_000n)} USD a month at the maximum (${names})`;
  const missing = highest.flatMap(({ cluster, cost }) =>
    cost.notPriced.filter((one) => one.missing).map(({ what }) => `${what} (${cluster})`),
  );
  const gate = 'budget' as const;
  if (total > BigInt(limit) * 1_000_000n)
    return {
      gate,
      answer: 'broken',
      message: amount,
      fix: 'fewer or smaller nodes, more of them spot, or a larger budget',
    };
  if (missing.length > 0)
    return {
      gate,
      answer: 'unknown',
      message: `${amount}, without ${missing.join(', ')}`,
      fix: 'add what is missing to platform/prices.yaml',
    };
  return { gate, answer: 'kept', message: amount, fix: '' };
}

function savingGate(highest: readonly ClusterCost[], { gates }: Prices): Gate {
  const { limit } = gates.spotSavingPercent;
  const slots = highest.flatMap(({ cluster, cost }) =>
    (cost.saving?.workloads ?? []).flatMap(({ object, slots: perScale }) =>
      SCALES.map((scale) => ({ cluster, object, scale, ...perScale[scale] })),
    ),
  );
  const gate = 'spot saving' as const;
  const worst = slots
    .filter(({ replicas }) => replicas > 0)
    .reduce<(typeof slots)[number] | undefined>(
      (least, next) => (least === undefined || next.basisPoints < least.basisPoints ? next : least),
      undefined,
    );
  if (worst === undefined)
    return {
      gate,
      answer: 'none',
      message: `no workload runs on spot nodes; ${limit} % is asked for from the phase that has some`,
      fix: '',
    };
  const { object, cluster, scale, replicas, onSpot, basisPoints } = worst;
  const message = `${(basisPoints / 100).toFixed(2)} % on the replica slots of ${describeObject(object)} on ${cluster} at the ${scale} (${onSpot} of ${replicas} on spot), ${limit} % is promised`;
  const broken = basisPoints < limit * 100;
  return {
    gate,
    answer: broken ? 'broken' : 'kept',
    message,
    fix: broken ? 'more spot nodes for it, another region or machine, or a spread that gives spot a larger part' : '',
  };
}
