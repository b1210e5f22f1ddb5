import type { KubeObject } from '../model/kube-object';
import { asList, asRecord, at, textAt, type Keys } from '../model/manifest/access';
import { podTemplateKeys } from '../model/manifest/pod-templates';

export { POD_KINDS } from '../model/manifest/pod-templates';

/** A container of a pod template and where it stands in its object. */
export interface Container {
  readonly container: Readonly<Record<string, unknown>>;
  readonly keys: Keys;
  readonly name: string;
  /** Init containers run to their end before the others start; those with restartPolicy Always are sidecars. */
  readonly role: 'app' | 'init' | 'sidecar';
}

/** The pod that an object is or makes. */
export interface Pod {
  /** The template: `metadata` and `spec` of the pod. */
  readonly template: Readonly<Record<string, unknown>>;
  readonly keys: Keys;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly specKeys: Keys;
  readonly containers: readonly Container[];
}

/** A rule asks for the same pod as the rule before it. */
let last: { object: KubeObject; pod: Pod | undefined } | undefined;

/** The pod of an object, or undefined where it has none. */
export function podOf(object: KubeObject): Pod | undefined {
  if (last?.object !== object) last = { object, pod: readPod(object) };
  return last.pod;
}

function readPod(object: KubeObject): Pod | undefined {
  const keys = podTemplateKeys(object);
  if (!keys) return undefined;
  const template = asRecord(at(object, ...keys));
  const spec = asRecord(template?.spec);
  if (!template || !spec) return undefined;
  const specKeys = [...keys, 'spec'];
  const containers = [
    ...read(spec.initContainers, [...specKeys, 'initContainers'], (one) =>
      one.restartPolicy === 'Always' ? 'sidecar' : 'init',
    ),
    ...read(spec.containers, [...specKeys, 'containers'], () => 'app'),
  ];
  return { template, keys, spec, specKeys, containers };
}

function read(
  list: unknown,
  keys: Keys,
  role: (container: Readonly<Record<string, unknown>>) => Container['role'],
): readonly Container[] {
  return asList(list).flatMap((value, index) => {
    const container = asRecord(value);
    if (!container) return [];
    return [{ container, keys: [...keys, index], name: textAt(container, 'name') ?? '', role: role(container) }];
  });
}
