import type { ApplicationSpecIgnoreDifferences } from '../imports/argoproj.io';
import { groupOf, type KubeObject } from '../model/kube-object';

interface Target {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name: string;
}

/**
 * What Argo CD must leave to autoscalers: `spec.replicas` of everything that one of the objects scales. Read from the
 * rendered objects, so that no scaler can be forgotten. The group stands in each entry: without it Argo CD matches
 * nothing, says nothing, and scales the service down.
 *
 * @returns undefined where nothing is autoscaled.
 */
export function ignoredReplicas(objects: readonly KubeObject[]): ApplicationSpecIgnoreDifferences[] | undefined {
  const ignored = objects.flatMap((object) => {
    const target = scaleTarget(object);
    if (target === undefined) return [];
    const { namespace } = object.metadata;
    return {
      group: groupOf(target.apiVersion ?? 'apps/v1'),
      kind: target.kind ?? 'Deployment',
      name: target.name,
      ...(namespace === undefined ? {} : { namespace }),
      jsonPointers: ['/spec/replicas'],
    };
  });
  const key = ({ group, kind, name }: { group: string; kind: string; name: string }): string =>
    `${group}/${kind}/${name}`;
  const unique = [...new Map(ignored.map((entry) => [key(entry), entry])).values()];
  return unique.length === 0 ? undefined : unique.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** KEDA's ScaledObject leaves kind and version out for a Deployment. */
function scaleTarget({ apiVersion, kind, spec }: KubeObject): Target | undefined {
  const scales =
    (kind === 'HorizontalPodAutoscaler' && groupOf(apiVersion) === 'autoscaling') ||
    (kind === 'ScaledObject' && groupOf(apiVersion) === 'keda.sh');
  return scales ? (spec as { scaleTargetRef?: Target }).scaleTargetRef : undefined;
}
