import { concurrentJobs, type JobTimes } from './concurrent-jobs';
import type { KubeObject } from './kube-object';
import { podOwners, type PodOwner } from './pod-owners';
import { addRequests, NO_REQUESTS, scaleRequests, type Requests } from './pod-requests';

export { scaledReplicas, targetKey, type ReplicaRange } from './autoscalers';

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
  const owners = podOwners(objects);
  const sum = owners
    .filter(({ object }) => object.kind !== 'CronJob')
    .map((owner) => ownerTotals(owner, nodes))
    .reduce(addTotals, { min: NOTHING.min, max: cronJobsAtOnce(owners) });
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

function ownerTotals({ role, pods, one }: PodOwner, nodes: number): Totals {
  const times = role === 'node' ? nodes : 1;
  const scale = (count: number): Scale => ({ pods: count * times, requests: scaleRequests(one, count * times) });
  return { min: scale(pods.minimum), max: scale(pods.maximum) };
}

/** The most that CronJobs run at the same time: pods, CPU and memory each at the moment that has most of it. */
function cronJobsAtOnce(owners: readonly PodOwner[]): Scale {
  const cronJobs = owners.filter(({ object }) => object.kind === 'CronJob');
  return concurrentJobs(cronJobs.map(({ object }) => (object.spec ?? {}) as JobTimes))
    .map((set) =>
      set
        .flatMap((index) => cronJobs[index] ?? [])
        .map((owner) => ownerTotals(owner, 1).max)
        .reduce(addScale, NOTHING.max),
    )
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
