import type { Alert, AlertSubject } from '../platform/alert';
import type { ScaledObjectAutoscaling } from '../platform/autoscaling';
import type { Pool } from '../platform/cluster';
import { poolLabels } from '../platform/node-labels';
import { atPhase } from '../platform/phase';
import { poolNodes, type PoolNode } from '../platform/pool-nodes';
import { workloadsOn, type Place } from '../platform/presence';
import { archivingOf } from '../platform/recovery';
import { replicasOf, scalingOf } from '../platform/replicas';
import { claimsOf, type ServedWorkload, type Workload } from '../platform/workload';
import { parseQuantity, toUnits } from '../quantity';
import { lateSeconds } from './lateness';

/** One thing that an alert is written for. */
export interface Subject {
  /** Undefined for what belongs to the platform as a whole. */
  readonly workload?: Workload;
  readonly capacity?: Pool['capacity'];
  /** Labels of the alert that say which one it is. */
  readonly labels: Readonly<Record<string, string>>;
  /** What the `<placeholders>` of the alert stand for. */
  readonly values: Readonly<Record<string, string>>;
}

/** Everything at a place that alerts of one kind are written for. */
export function subjectsOf(place: Place, each: AlertSubject): Subject[] {
  return SUBJECTS[each](place).map((subject) => ({ ...subject, values: { ...common(place), ...subject.values } }));
}

/** Whether an alert is meant for a subject. */
export function isMeant({ of }: Alert, { workload, capacity }: Subject): boolean {
  if (of === undefined) return true;
  const within = <T>(allowed: readonly T[] | undefined, value: T | undefined): boolean =>
    allowed === undefined || (value !== undefined && allowed.includes(value));
  return (
    within(of.services, workload?.name) &&
    within(of.components, workload?.component) &&
    within(of.kinds, workload?.kind) &&
    (of.capacity === undefined || of.capacity === capacity)
  );
}

/** What every alert may say. */
function common({ platform, cluster, phase }: Place): Record<string, string> {
  const { settings, mesh, gates } = platform;
  const key = (name: string): string => `label_${settings.labelDomain.replace(/[^a-zA-Z0-9]/g, '_')}_${name}`;
  return {
    name: settings.name,
    namespace: settings.namespace,
    cluster: cluster.name,
    gatewayNamespace: mesh.gateway.namespace,
    poolLabel: key('pool'),
    zoneLabel: 'label_topology_kubernetes_io_zone',
    health: String(gates.phases[phase].health),
  };
}

/** Labels and values of an alert about one workload. */
function about(workload: Workload, values: Record<string, string> = {}): Subject {
  return {
    workload,
    labels: { service: workload.name },
    values: { service: workload.name, pods: podPattern(workload), ...values },
  };
}

/** Names of a workload's pods as a regular expression: `neural-store-0`, and not those of `neural-store-backup`. */
function podPattern({ name, kind }: Workload): string {
  return kind === 'StatefulSet'
    ? `${name}-[0-9]+`
    : kind === 'Deployment'
      ? `${name}-[a-z0-9]+-[a-z0-9]+`
      : `${name}-.+`;
}

function served(place: Place): ServedWorkload[] {
  return workloadsOn(place).filter((workload) => workload.kind !== 'CronJob');
}

const SUBJECTS: Readonly<Record<AlertSubject, (place: Place) => Subject[]>> = {
  platform: () => [{ labels: {}, values: {} }],
  workload: (place) => served(place).map((workload) => about(workload)),
  container: (place) =>
    served(place).flatMap((workload) =>
      workload.containers.map(({ name, resources }) => {
        const limit = atPhase(resources, place.phase)?.limits.memory ?? '0';
        return about(workload, {
          container: name,
          limit,
          limitBytes: String(toUnits(parseQuantity(limit))),
        });
      }),
    ),
  autoscaler: (place) =>
    served(place).flatMap((workload) => {
      const { horizontal } = scalingOf(workload, place.cluster, place.phase);
      return horizontal === undefined ? [] : [about(workload, { maxReplicas: String(horizontal.maxReplicas) })];
    }),
  trigger: (place) =>
    served(place).flatMap((workload) => {
      const { horizontal } = scalingOf(workload, place.cluster, place.phase);
      return horizontal?.kind === 'ScaledObject' ? triggers(workload, horizontal) : [];
    }),
  // As constructs/workload.ts has it: a single pod has no budget.
  budget: (place) =>
    served(place)
      .filter((workload) => replicasOf(workload, place.cluster, place.phase) > 1)
      .map((workload) => about(workload)),
  claim: (place) =>
    served(place).flatMap((workload) =>
      claimsOf(workload).map(({ name }) => about(workload, { claims: `${name}-${workload.name}-[0-9]+` })),
    ),
  job: (place) =>
    workloadsOn(place).flatMap((workload) =>
      workload.kind === 'CronJob' ? [about(workload, { lateSeconds: String(lateSeconds(workload)) })] : [],
    ),
  pool: (place) => {
    const all = nodes(place);
    return [...new Map(all.map(({ pool }) => [pool.label, pool])).values()].map(({ label, capacity }) => ({
      labels: { pool: label },
      values: { pool: label, nodes: String(all.filter(({ pool }) => pool.label === label).length) },
      capacity,
    }));
  },
  zone: (place) => {
    const zones = [...new Set(nodes(place).map(({ zone }) => zone))].sort();
    // Of one zone there is no loss that would leave anybody to say so.
    return zones.length < 2 ? [] : zones.map((zone) => ({ labels: { zone }, values: { zone } }));
  },
  archive: (place) => stores(place, (archiving) => archiving.writes !== undefined && archiving.follows === undefined),
  follower: (place) => stores(place, (archiving) => archiving.follows !== undefined),
};

/** Two alerts about one trigger would be one too many: the first is what the replicas are scaled by. */
function triggers(workload: Workload, { prometheus, maxReplicas }: ScaledObjectAutoscaling): Subject[] {
  return prometheus.map(({ name, query, threshold }) =>
    about(workload, { trigger: name, query, most: String(threshold * maxReplicas) }),
  );
}

/** Nodes with the pool label: what kube-state-metrics shows of them. */
function nodes({ platform, cluster, phase }: Place): PoolNode[] {
  return poolNodes(platform, cluster, phase).filter(
    ({ pool }) => Object.keys(poolLabels(platform.settings, pool)).length > 0,
  );
}

function stores(
  place: Place,
  isMeantFor: (archiving: NonNullable<ReturnType<typeof archivingOf>>) => boolean,
): Subject[] {
  return served(place).flatMap((workload) => {
    const archiving = archivingOf(place, workload.name);
    const loss = place.platform.recovery.stores[workload.name]?.regionLoss;
    if (archiving === undefined || loss === undefined || !isMeantFor(archiving)) return [];
    return [about(workload, { rpoMinutes: String(loss.rpoMinutes), rpoSeconds: String(loss.rpoMinutes * 60) })];
  });
}
