import { podOf } from '../../checks/pods';
import { asList, at, textAt } from '../../model/manifest/access';
import type { Entry } from '../source/objects';

/** An object that a pod uses: `ConfigMap/api`. */
export interface Use {
  readonly id: string;
  /** Read once, when the container starts: a change reaches no pod that runs. */
  readonly isAtStart: boolean;
}

/** What the pods of a workload can't start without, or read when they start. */
export function usesIn({ object }: Entry): readonly Use[] {
  const pod = podOf(object);
  if (!pod) return [];
  const uses: Use[] = [];
  const add = (kind: string, name: string | undefined, isAtStart: boolean): void => {
    if (name !== undefined) uses.push({ id: `${kind}/${name}`, isAtStart });
  };
  add('ServiceAccount', textAt(pod.spec, 'serviceAccountName'), false);
  for (const volume of asList(pod.spec.volumes)) {
    if (at(volume, 'configMap', 'optional') !== true) add('ConfigMap', textAt(volume, 'configMap', 'name'), false);
    if (at(volume, 'secret', 'optional') !== true) add('Secret', textAt(volume, 'secret', 'secretName'), false);
    add('PersistentVolumeClaim', textAt(volume, 'persistentVolumeClaim', 'claimName'), false);
  }
  for (const { container } of pod.containers) {
    for (const source of asList(container.envFrom)) {
      add('ConfigMap', textAt(source, 'configMapRef', 'name'), true);
      add('Secret', textAt(source, 'secretRef', 'name'), true);
    }
    for (const variable of asList(container.env)) {
      add('ConfigMap', textAt(variable, 'valueFrom', 'configMapKeyRef', 'name'), true);
      add('Secret', textAt(variable, 'valueFrom', 'secretKeyRef', 'name'), true);
    }
  }
  return uses;
}
