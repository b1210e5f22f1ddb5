import type { KubeObject } from './kube-object';
import { asList, asRecord, at, textAt } from './manifest/access';

/** How few and how many replicas an autoscaler may set. */
export interface ReplicaRange {
  readonly min: number;
  readonly max: number;
  /** The floor that a KEDA cron trigger keeps at the busiest time; undefined where no trigger does. */
  readonly floor?: number;
}

/** The part of an autoscaler's spec that says what it scales between which bounds. */
interface ScalerSpec {
  readonly scaleTargetRef?: { readonly kind?: string; readonly name?: string };
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly minReplicaCount?: number;
  readonly maxReplicaCount?: number;
  readonly triggers?: unknown;
}

/**
 * The replicas that autoscalers among the objects may set, by target; defaults are those of the API and of KEDA. Two
 * that scale one target count as one with the wider bounds.
 */
export function scaledReplicas(objects: readonly KubeObject[]): Map<string, ReplicaRange> {
  const ranges = new Map<string, ReplicaRange>();
  for (const { kind, metadata, spec } of objects) {
    const scaler = (asRecord(spec) ?? {}) as ScalerSpec;
    const { scaleTargetRef } = scaler;
    if (scaleTargetRef?.name === undefined) continue;
    const range = rangeOf(kind, scaler);
    if (range === undefined) continue;
    const target = targetKey(metadata.namespace, scaleTargetRef.kind ?? 'Deployment', scaleTargetRef.name);
    const other = ranges.get(target);
    ranges.set(target, other === undefined ? range : wider(range, other));
  }
  return ranges;
}

/** How {@link scaledReplicas} names a target. */
export function targetKey(namespace: string | undefined, kind: string, name: string): string {
  return `${namespace ?? ''}/${kind}/${name}`;
}

function rangeOf(kind: string, scaler: ScalerSpec): ReplicaRange | undefined {
  if (kind === 'HorizontalPodAutoscaler') return { min: scaler.minReplicas ?? 1, max: scaler.maxReplicas ?? 1 };
  if (kind !== 'ScaledObject') return undefined;
  const floors = asList(scaler.triggers)
    .filter((trigger) => textAt(trigger, 'type') === 'cron')
    .map((trigger) => Number(at(trigger, 'metadata', 'desiredReplicas')))
    .filter((replicas) => Number.isInteger(replicas));
  return {
    min: scaler.minReplicaCount ?? 0,
    max: scaler.maxReplicaCount ?? 100,
    ...(floors.length > 0 && { floor: Math.max(...floors) }),
  };
}

function wider(left: ReplicaRange, right: ReplicaRange): ReplicaRange {
  const floor = left.floor ?? right.floor;
  return {
    min: Math.min(left.min, right.min),
    max: Math.max(left.max, right.max),
    ...(floor !== undefined && { floor }),
  };
}
