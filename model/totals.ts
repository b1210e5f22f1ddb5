import { concurrentJobs, type JobTimes } from './concurrent-jobs';
import type { KubeObject } from './kube-object';
import {
  addRequests,
  NO_REQUESTS,
  scaleRequests,
  templateRequests,
  type PodResources,
  type PodTemplate,
  type Requests,
} from './pod-requests';

/** Pods and what they request together. */
export interface Scale {
  readonly pods: number;
  readonly requests: Requests;
}

/** A set of objects at the fewest and at the most pods that it may run. */
export interface Totals {
  readonly min: Scale;
  readonly max: Scale;
}

/** Requests that no object of the set carries: add-ons whose charts others render. */
export interface ExtraRequests {
  readonly min: Requests;
  readonly max: Requests;
  /** Of what runs on each node. */
  readonly perNode: Requests;
}

const NOTHING: Totals = { min: { pods: 0, requests: NO_REQUESTS }, max: { pods: 0, requests: NO_REQUESTS } };

/**
 * Sums the requests of all pods that the objects run. Where an autoscaler is among them, its bounds count and not the
 * replicas. CronJobs count as none at the minimum; at the maximum those count, with their parallelism, that schedules
 * and deadlines allow to run at the same time, whichever need most. A DaemonSet has a pod on each node.
 *
 * @param extra counts into the requests, not into the pods.
 */
export function totalsOf(objects: readonly KubeObject[], nodes: number, extra: ExtraRequests): Totals {
  const scaled = scaledReplicas(objects);
  const scheduled = objects.filter(({ kind }) => kind === 'CronJob');
  const sum = objects
    .filter(({ kind }) => kind !== 'CronJob')
    .map((object) => objectTotals(object, nodes, scaled))
    .reduce(addTotals, { min: NOTHING.min, max: cronJobsAtOnce(scheduled) });
  const onNodes = scaleRequests(extra.perNode, nodes);
  const withExtra = ({ pods, requests }: Scale, more: Requests): Scale => ({
    pods,
    requests: addRequests(requests, addRequests(more, onNodes)),
  });
  return { min: withExtra(sum.min, extra.min), max: withExtra(sum.max, extra.max) };
}

function addTotals(left: Totals, right: Totals): Totals {
  return { min: addScale(left.min, right.min), max: addScale(left.max, right.max) };
}

function addScale(left: Scale, right: Scale): Scale {
  return { pods: left.pods + right.pods, requests: addRequests(left.requests, right.requests) };
}

/** The part of a pod owner's spec that says how many pods of what size it runs. */
interface OwnerSpec {
  readonly replicas?: number;
  readonly parallelism?: number;
  readonly template?: PodTemplate;
  readonly jobTemplate?: { readonly spec?: OwnerSpec };
}

function objectTotals(object: KubeObject, nodes: number, scaled: ReadonlyMap<string, ReplicaRange>): Totals {
  const spec = (object.spec ?? {}) as OwnerSpec;
  switch (object.kind) {
    case 'Deployment':
    case 'StatefulSet':
    case 'ReplicaSet': {
      const fixed = { min: spec.replicas ?? 1, max: spec.replicas ?? 1 };
      const { min, max } = scaled.get(targetKey(object.metadata.namespace, object.kind, object.metadata.name)) ?? fixed;
      return between(min, max, spec.template);
    }
    case 'DaemonSet':
      return between(nodes, nodes, spec.template);
    case 'Job':
      return between(spec.parallelism ?? 1, spec.parallelism ?? 1, spec.template);
    case 'Pod':
      return between(1, 1, { metadata: object.metadata, spec: spec as PodResources });
    default:
      return NOTHING;
  }
}

/** The most that CronJobs run at the same time: pods, CPU and memory each at the moment that has most of it. */
function cronJobsAtOnce(cronJobs: readonly KubeObject[]): Scale {
  const single = cronJobs.map(({ spec }) => {
    const job = ((spec ?? {}) as OwnerSpec).jobTemplate?.spec;
    return between(0, job?.parallelism ?? 1, job?.template).max;
  });
  return concurrentJobs(cronJobs.map(({ spec }) => (spec ?? {}) as JobTimes))
    .map((set) => set.map((index) => single[index] ?? NOTHING.max).reduce(addScale, NOTHING.max))
    .reduce(larger, NOTHING.max);
}

function larger(left: Scale, right: Scale): Scale {
  const max = (one: bigint, other: bigint): bigint => (one > other ? one : other);
  return {
    pods: Math.max(left.pods, right.pods),
    requests: {
      cpuMillicores: max(left.requests.cpuMillicores, right.requests.cpuMillicores),
      memoryBytes: max(left.requests.memoryBytes, right.requests.memoryBytes),
    },
  };
}

function between(min: number, max: number, template: PodTemplate = {}): Totals {
  const one = templateRequests(template);
  return {
    min: { pods: min, requests: scaleRequests(one, min) },
    max: { pods: max, requests: scaleRequests(one, max) },
  };
}

/** How few and how many replicas an autoscaler may set. */
export interface ReplicaRange {
  readonly min: number;
  readonly max: number;
}

/** The part of an autoscaler's spec that says what it scales between which bounds. */
interface ScalerSpec {
  readonly scaleTargetRef?: { readonly kind?: string; readonly name?: string };
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly minReplicaCount?: number;
  readonly maxReplicaCount?: number;
}

/** The replicas that autoscalers among the objects may set, by target; defaults are those of the API and of KEDA. */
export function scaledReplicas(objects: readonly KubeObject[]): Map<string, ReplicaRange> {
  const ranges = new Map<string, ReplicaRange>();
  for (const { kind, metadata, spec } of objects) {
    const { scaleTargetRef, ...bounds } = (spec ?? {}) as ScalerSpec;
    if (scaleTargetRef?.name === undefined) continue;
    const target = targetKey(metadata.namespace, scaleTargetRef.kind ?? 'Deployment', scaleTargetRef.name);
    if (kind === 'HorizontalPodAutoscaler') {
      ranges.set(target, { min: bounds.minReplicas ?? 1, max: bounds.maxReplicas ?? 1 });
    } else if (kind === 'ScaledObject') {
      ranges.set(target, { min: bounds.minReplicaCount ?? 0, max: bounds.maxReplicaCount ?? 100 });
    }
  }
  return ranges;
}

/** How {@link scaledReplicas} names a target. */
export function targetKey(namespace: string | undefined, kind: string, name: string): string {
  return `${namespace ?? ''}/${kind}/${name}`;
}
