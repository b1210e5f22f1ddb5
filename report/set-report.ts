import type { Amounts } from '../capacity/amounts';
import { capacityOf, type Capacity } from '../capacity/capacity';
import type { Cost } from '../cost/cost';
import type { KubeObject } from '../model/kube-object';
import { at, textAt } from '../model/manifest/access';
import type { ClusterNodes } from '../model/platform/cluster-nodes';
import { perScale, type PerScale } from '../model/scales';
import { nameOf } from '../review/source/objects';
import { callsOf } from './calls';
import type { CostReport, NodeReport, NodeShare, Scaled, SetReport } from './report-model';
import { servicesOf } from './services';

/** Objects that run on one cluster together, and what is known of that cluster. */
export interface ReportInput {
  readonly name: string;
  readonly objects: readonly KubeObject[];
  readonly cell?: { readonly phase: string; readonly cluster: string; readonly nodes: ClusterNodes };
  /** Left out where no prices are known. */
  readonly cost?: Cost;
}

/** Kinds that restrict, bound or watch others. */
const POLICY_KINDS = new Set([
  ...['NetworkPolicy', 'AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication', 'Sidecar'],
  ...['DestinationRule', 'PodDisruptionBudget', 'ResourceQuota', 'LimitRange', 'ValidatingAdmissionPolicy'],
  ...['HorizontalPodAutoscaler', 'ScaledObject', 'VerticalPodAutoscaler', 'ExternalSecret', 'PrometheusRule'],
]);

/**
 * What there is to say of one set of objects.
 *
 * @throws QuantityError where a resource is no quantity.
 */
export function setReport({ name, objects, cell, cost }: ReportInput): SetReport {
  // Orders of arrival and losses are questions for `aia capacity`: they take most of its time.
  const capacity = capacityOf(objects, cell?.nodes, { orders: 0, whatIf: false });
  const entries = objects.map((object) => ({ object, name: nameOf(object), place: name, file: name, line: 1 }));
  const kinds = new Map<string, number>();
  for (const { kind } of objects) if (POLICY_KINDS.has(kind)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return {
    name,
    phase: cell?.phase ?? null,
    cluster: cell?.cluster ?? null,
    objects: objects.length,
    services: servicesOf(entries, capacity.workloads),
    ...callsOf(objects),
    mutualTls: mutualTlsOf(objects),
    policies: Object.fromEntries([...kinds].sort(([one], [other]) => (one < other ? -1 : 1))),
    pods: totals(capacity, ({ pods }) => pods),
    cpuMillicores: totals(capacity, ({ cpuMillicores }) => Number(cpuMillicores)),
    memoryBytes: totals(capacity, ({ memoryBytes }) => Number(memoryBytes)),
    nodes: nodesOf(capacity),
    problems: capacity.problems.map(({ scale, message }) => `at the ${scale}, ${message}`),
    cost: cost ? costReport(cost) : null,
  };
}

function totals({ totals: all }: Capacity, value: (amounts: Amounts) => number): Scaled {
  return perScale((scale) => value(all[scale]));
}

function mutualTlsOf(objects: readonly KubeObject[]): readonly string[] {
  const modes = objects
    .filter(({ kind }) => kind === 'PeerAuthentication')
    .map((one) => textAt(at(one, 'spec', 'mtls'), 'mode') ?? 'UNSET');
  return [...new Set(modes)].sort();
}

function nodesOf({ placed }: Capacity): readonly NodeReport[] {
  if (!placed) return [];
  return placed.nodes.map((node, index) => {
    const [least, most] = [placed.scales.minimum.nodes[index], placed.scales.maximum.nodes[index]];
    const values = (resource: 'cpuMillicores' | 'memoryBytes'): NodeShare => ({
      minimum: Number(least?.requested[resource] ?? 0n),
      maximum: Number(most?.requested[resource] ?? 0n),
      allocatable: Number(node.allocatable[resource]),
    });
    return {
      name: node.name,
      pool: node.pool,
      zone: node.zone,
      capacity: node.capacity,
      cpuMillicores: values('cpuMillicores'),
      memoryBytes: values('memoryBytes'),
      pods: most?.pods.map(({ owner, pods }) => `${pods} of ${owner}`) ?? [],
    };
  });
}

function costReport({ total, lines, notPriced }: Cost): CostReport {
  const numbers = (amounts: PerScale<bigint>): Scaled => perScale((scale) => Number(amounts[scale]));
  return {
    microUsdPerMonth: numbers(total),
    lines: lines.map(({ text, microUsdPerMonth, assumption = '' }) => ({
      text,
      microUsdPerMonth: numbers(microUsdPerMonth),
      assumption,
    })),
    notPriced: notPriced.map(({ what, reason }) => `${what}: ${reason}`),
  };
}
