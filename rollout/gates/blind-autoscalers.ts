import type { KubeObject } from '../../model/kube-object';

/** An autoscaler that can't see its metric, and so keeps the replicas where they are. */
export interface BlindAutoscaler {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Why, in the controller's own words. */
  readonly reason: string;
}

interface Condition {
  readonly type?: string;
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
}

/**
 * The autoscalers that are blind, among live objects with their status. Argo CD calls them healthy (tried with a
 * missing metrics API and with a container name that does not exist, Argo CD 3.2), so a gate must look itself.
 *
 * An autoscaler without conditions is not blind yet: its controller has not looked.
 */
export function blindAutoscalers(objects: readonly KubeObject[]): BlindAutoscaler[] {
  return objects.flatMap((object) => {
    const conditions = conditionsOf(object);
    const blinding =
      object.kind === 'HorizontalPodAutoscaler'
        ? conditions.find(isInactive)
        : object.kind === 'ScaledObject'
          ? conditions.find(isNotReady)
          : undefined;
    if (blinding === undefined) return [];
    const { namespace = '', name } = object.metadata;
    const reason = [blinding.reason, blinding.message].filter((text) => text !== undefined && text !== '').join(': ');
    return [{ kind: object.kind, namespace, name, reason }];
  });
}

/** Inactive for another reason than that somebody scaled the target to zero, which switches scaling off. */
function isInactive({ type, status, reason }: Condition): boolean {
  return type === 'ScalingActive' && status === 'False' && reason !== 'ScalingDisabled';
}

/** KEDA: the ScaledObject is not in force, or runs on its fallback since the query fails. */
function isNotReady({ type, status }: Condition): boolean {
  return (type === 'Ready' && status === 'False') || (type === 'Fallback' && status === 'True');
}

function conditionsOf(object: KubeObject): readonly Condition[] {
  const status = object.status as { readonly conditions?: readonly Condition[] } | undefined;
  return status?.conditions ?? [];
}
