import type { KubeObject } from '../model/kube-object';
import { asRecord } from '../model/manifest/access';
import { parseQuantity, toMillicores, toUnits } from '../model/quantity';
import { addAmounts, MOMENTS, NO_AMOUNTS, type Amounts, type MomentName } from './amounts';
import type { WorkloadCapacity } from './workloads';

/** One limit of a ResourceQuota and what the pods of its namespace take of it. */
export interface QuotaUse {
  readonly namespace: string;
  readonly quota: string;
  /** `pods`, `requests.cpu` or `requests.memory`. */
  readonly resource: string;
  /** Pods, millicores or bytes. */
  readonly hard: bigint;
  readonly used: Readonly<Record<MomentName, bigint>>;
}

const READERS: Readonly<Record<string, { hard: (value: string | number) => bigint; used: (sum: Amounts) => bigint }>> =
  {
    pods: { hard: (value) => toUnits(parseQuantity(value)), used: ({ pods }) => BigInt(pods) },
    'requests.cpu': { hard: (value) => toMillicores(parseQuantity(value)), used: ({ cpuMillicores }) => cpuMillicores },
    'requests.memory': { hard: (value) => toUnits(parseQuantity(value)), used: ({ memoryBytes }) => memoryBytes },
  };

/** Quotas without scopes, which hold for all pods of their namespace. */
export function quotasOf(objects: readonly KubeObject[], workloads: readonly WorkloadCapacity[]): QuotaUse[] {
  return objects
    .filter(({ kind, spec }) => {
      const { scopes, scopeSelector } = asRecord(spec) ?? {};
      return kind === 'ResourceQuota' && scopes === undefined && scopeSelector === undefined;
    })
    .flatMap(({ metadata, spec }) => {
      const own = workloads.filter(({ object }) => object.metadata.namespace === metadata.namespace);
      const sums = MOMENTS.map((moment) => [moment, usedAt(own, moment)] as const);
      const hard = asRecord(asRecord(spec)?.hard) ?? {};
      return Object.entries(READERS).flatMap(([resource, read]) => {
        // `cpu` and `memory` are the older names of the requests.
        const value = hard[resource] ?? hard[resource.replace('requests.', '')];
        if (typeof value !== 'string' && typeof value !== 'number') return [];
        const used = Object.fromEntries(sums.map(([moment, sum]) => [moment, read.used(sum)]));
        return {
          namespace: metadata.namespace ?? '',
          quota: metadata.name,
          resource,
          hard: read.hard(value),
          used: used as Record<MomentName, bigint>,
        };
      });
    });
}

/** During a rolling update, the one workload counts whose update takes most. */
function usedAt(workloads: readonly WorkloadCapacity[], moment: MomentName): Amounts {
  if (moment !== 'rollingUpdate') return workloads.map(({ moments }) => moments[moment]).reduce(addAmounts, NO_AMOUNTS);
  const maximum = usedAt(workloads, 'maximum');
  const surges = workloads.map(({ moments }) => less(moments.rollingUpdate, moments.maximum));
  const most = <T extends bigint | number>(values: readonly T[], zero: T): T =>
    values.reduce((best, next) => (next > best ? next : best), zero);
  return addAmounts(maximum, {
    pods: most(
      surges.map(({ pods }) => pods),
      0,
    ),
    cpuMillicores: most(
      surges.map(({ cpuMillicores }) => cpuMillicores),
      0n,
    ),
    memoryBytes: most(
      surges.map(({ memoryBytes }) => memoryBytes),
      0n,
    ),
    extended: {},
  });
}

function less(from: Amounts, other: Amounts): Amounts {
  return {
    pods: from.pods - other.pods,
    cpuMillicores: from.cpuMillicores - other.cpuMillicores,
    memoryBytes: from.memoryBytes - other.memoryBytes,
    extended: {},
  };
}
