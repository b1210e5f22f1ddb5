import { groupOf } from '../../model/kube-object';
import { asList, asNumber, asRecord, at, textAt, type Keys } from '../../model/manifest/access';
import type { Member } from './member';
import { namespaceOf, type ObjectSet, type Target } from './object-set';
import { replicasOf, type PodOwner } from './pod-owner';

/** What changes the number or the size of pods. */
export interface Scaler {
  readonly member: Member;
  /** Where the target is named. */
  readonly keys: Keys;
  readonly apiVersion: string;
  readonly target: Target;
  /** Undefined for a VerticalPodAutoscaler, which leaves the number alone. */
  readonly bounds: { readonly min: number; readonly max: number } | undefined;
}

/** KEDA's own default of maxReplicaCount. */
const KEDA_MAX = 100;

const known = new WeakMap<ObjectSet, { all: readonly Scaler[]; byTarget: ReadonlyMap<Member, readonly Scaler[]> }>();

/** All scalers of a set: HorizontalPodAutoscaler, ScaledObject, VerticalPodAutoscaler. */
export function scalersOf(set: ObjectSet): readonly Scaler[] {
  return read(set).all;
}

/** Scalers of one workload. */
export function scalersFor(set: ObjectSet, workload: Member): readonly Scaler[] {
  return read(set).byTarget.get(workload) ?? [];
}

/** Least and most pods of an owner: what scales it says, else its replicas; undefined where that can't be known. */
export function podCounts(set: ObjectSet, owner: PodOwner): { readonly min: number; readonly max: number } | undefined {
  const bounds = scalersFor(set, owner.member).flatMap((scaler) => scaler.bounds ?? []);
  if (bounds[0]) return bounds[0];
  const replicas = replicasOf(owner);
  return replicas === undefined ? undefined : { min: replicas, max: replicas };
}

function read(set: ObjectSet): { all: readonly Scaler[]; byTarget: ReadonlyMap<Member, readonly Scaler[]> } {
  const done = known.get(set);
  if (done) return done;
  const all = [
    ...set.ofKind('autoscaling', 'HorizontalPodAutoscaler').flatMap((member) =>
      scaler(member, 'scaleTargetRef', {
        min: asNumber(at(member.object, 'spec', 'minReplicas')) ?? 1,
        max: asNumber(at(member.object, 'spec', 'maxReplicas')) ?? 1,
      }),
    ),
    ...set.ofKind('keda.sh', 'ScaledObject').flatMap((member) =>
      scaler(member, 'scaleTargetRef', {
        min: asNumber(at(member.object, 'spec', 'minReplicaCount')) ?? 0,
        max: asNumber(at(member.object, 'spec', 'maxReplicaCount')) ?? KEDA_MAX,
      }),
    ),
    ...set.ofKind('autoscaling.k8s.io', 'VerticalPodAutoscaler').flatMap((member) => scaler(member, 'targetRef')),
  ];
  const byTarget = new Map<Member, Scaler[]>();
  for (const one of all) {
    const target = set.find(one.target);
    if (target) byTarget.set(target, [...(byTarget.get(target) ?? []), one]);
  }
  const result = { all, byTarget };
  known.set(set, result);
  return result;
}

function scaler(member: Member, field: string, bounds?: Scaler['bounds']): readonly Scaler[] {
  const reference = asRecord(at(member.object, 'spec', field));
  const name = textAt(reference, 'name');
  if (name === undefined) return [];
  const isKeda = member.object.kind === 'ScaledObject';
  const kind = textAt(reference, 'kind') ?? (isKeda ? 'Deployment' : undefined);
  const apiVersion = textAt(reference, 'apiVersion') ?? (isKeda ? 'apps/v1' : '');
  if (kind === undefined) return [];
  const target = { group: groupOf(apiVersion), kind, namespace: namespaceOf(member.object), name };
  return [{ member, keys: ['spec', field], apiVersion, target, bounds }];
}

/** A container that a scaler names, and where. */
export interface ScaledContainer {
  readonly keys: Keys;
  readonly name: string;
}

/** Containers that a scaler looks at or resizes by name. */
export function containersOf({ member: { object } }: Scaler): readonly ScaledContainer[] {
  const list = (keys: Keys, field: Keys): readonly ScaledContainer[] =>
    asList(at(object, ...keys)).flatMap((one, index) => {
      const name = textAt(one, ...field);
      return name === undefined || name === '*' ? [] : { keys: [...keys, index, ...field], name };
    });
  switch (object.kind) {
    case 'HorizontalPodAutoscaler':
      return list(['spec', 'metrics'], ['containerResource', 'container']);
    case 'ScaledObject':
      return list(['spec', 'triggers'], ['metadata', 'containerName']);
    default:
      return list(['spec', 'resourcePolicy', 'containerPolicies'], ['containerName']);
  }
}

/** A metric of a scaler that compares use with requests. */
export interface UtilizationMetric {
  readonly keys: Keys;
  readonly resource: string;
  /** Undefined where all containers of the pod are added up. */
  readonly container: string | undefined;
}

/** Metrics that need requests, and what they are about. */
export function utilizationOf({ member: { object } }: Scaler): readonly UtilizationMetric[] {
  if (object.kind === 'HorizontalPodAutoscaler') {
    return asList(at(object, 'spec', 'metrics')).flatMap((metric, index) => {
      const type = textAt(metric, 'type');
      const field = type === 'Resource' ? 'resource' : type === 'ContainerResource' ? 'containerResource' : undefined;
      if (field === undefined || textAt(metric, field, 'target', 'type') !== 'Utilization') return [];
      const resource = textAt(metric, field, 'name') ?? '';
      return { keys: ['spec', 'metrics', index, field], resource, container: textAt(metric, field, 'container') };
    });
  }
  return asList(at(object, 'spec', 'triggers')).flatMap((trigger, index) => {
    const resource = textAt(trigger, 'type') ?? '';
    const type = textAt(trigger, 'metricType') ?? textAt(trigger, 'metadata', 'type');
    if (!['cpu', 'memory'].includes(resource) || type !== 'Utilization') return [];
    return { keys: ['spec', 'triggers', index], resource, container: textAt(trigger, 'metadata', 'containerName') };
  });
}
