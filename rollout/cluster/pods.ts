import type { KubeObject } from '../../model/kube-object';
import { field, listField, numberField, textField } from './field';

/** A pod as gates and diagnoses read it. */
export interface PodState {
  readonly uid: string;
  readonly name: string;
  /** Name of the ReplicaSet, StatefulSet or Job it belongs to. */
  readonly owner: string;
  readonly ready: boolean;
  /** No node was found for it; the scheduler's own words. */
  readonly unscheduled?: string;
  /** Restarts of all its containers since it was made. */
  readonly restarts: number;
  /** What its containers wait for or ended with, the most telling one first: `CrashLoopBackOff`, `OOMKilled`. */
  readonly trouble: readonly Trouble[];
  readonly createdAt: number;
}

/** A container that does not run, and why. */
export interface Trouble {
  readonly container: string;
  readonly image: string;
  readonly reason: string;
  readonly message?: string;
  /** How its last run ended, where it has had one. */
  readonly lastExit?: { readonly reason: string; readonly code: number };
}

/** Pods that run or want to; those that are done or on their way out are not among them. */
export function podStates(pods: readonly KubeObject[]): PodState[] {
  return pods
    .filter(
      ({ metadata, status }) =>
        metadata.deletionTimestamp === undefined && !['Succeeded', 'Failed'].includes(textField(status, 'phase') ?? ''),
    )
    .map((pod) => {
      const conditions = listField(pod, 'status', 'conditions');
      const isTrue = (type: string): boolean =>
        conditions.some((entry) => field(entry, 'type') === type && field(entry, 'status') === 'True');
      const placed = textField(pod, 'spec', 'nodeName') !== undefined;
      const scheduling = conditions.find((entry) => field(entry, 'type') === 'PodScheduled');
      const statuses = [...listField(pod, 'status', 'initContainerStatuses'), ...containerStatuses(pod)];
      return {
        uid: textField(pod, 'metadata', 'uid') ?? pod.metadata.name,
        name: pod.metadata.name,
        owner: textField(listField(pod, 'metadata', 'ownerReferences')[0], 'name') ?? '',
        ready: isTrue('Ready'),
        ...(placed ? {} : { unscheduled: textField(scheduling, 'message') ?? 'the scheduler has not said why' }),
        restarts: statuses.reduce<number>((sum, entry) => sum + (numberField(entry, 'restartCount') ?? 0), 0),
        trouble: statuses.flatMap(troubleOf),
        createdAt: Date.parse(textField(pod, 'metadata', 'creationTimestamp') ?? '') || 0,
      };
    });
}

function containerStatuses(pod: KubeObject): readonly unknown[] {
  return listField(pod, 'status', 'containerStatuses');
}

/** Reasons to wait that every pod has while it starts. */
const STARTING = new Set(['ContainerCreating', 'PodInitializing']);

function troubleOf(status: unknown): Trouble[] {
  const waiting = textField(status, 'state', 'waiting', 'reason');
  const ended = exitOf(field(status, 'state', 'terminated'));
  const lastExit = exitOf(field(status, 'lastState', 'terminated')) ?? ended;
  const reason = waiting ?? (ended === undefined || ended.code === 0 ? undefined : ended.reason);
  if (reason === undefined || STARTING.has(reason)) return [];
  const message = textField(status, 'state', 'waiting', 'message');
  return [
    {
      container: textField(status, 'name') ?? '',
      image: textField(status, 'image') ?? '',
      reason,
      ...(message === undefined || message === '' ? {} : { message }),
      ...(lastExit === undefined ? {} : { lastExit }),
    },
  ];
}

function exitOf(terminated: unknown): { reason: string; code: number } | undefined {
  if (terminated === undefined) return undefined;
  return { reason: textField(terminated, 'reason') ?? 'Error', code: numberField(terminated, 'exitCode') ?? 0 };
}
