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
 * replicas. Jobs of a CronJob count as none at the minimum and as their parallelism at the maximum; a DaemonSet has a
 * pod on each node.
 *
 * @param extra counts into the requests, not into the pods.
 */
export function totalsOf(objects: readonly KubeObject[], nodes: number, extra: ExtraRequests): Totals {
  const sum = podOwners(objects)
    .map((owner) => ownerTotals(owner, nodes))
    .reduce(addTotals, NOTHING);
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
