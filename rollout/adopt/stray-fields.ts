import type { KubeObject } from '../../model/kube-object';
import { field, listField, textField } from '../cluster/field';
import type { Kubectl } from './commands';

/** Fields of a live workload that Git does not name, and that Argo CD therefore leaves for good. */
export interface StrayFields {
  readonly object: KubeObject;
  /** Their paths, as a person writes them. */
  readonly fields: readonly string[];
  /** One command that removes them all; it restarts the pods where the template is among them. */
  readonly command: string;
}

interface Stray {
  readonly text: string;
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
}

/** Lists of a container, and the key by which Kubernetes tells their entries apart. */
const LISTS = { env: 'name', volumeMounts: 'mountPath', ports: 'containerPort', envFrom: undefined } as const;

/**
 * What hand-made patches have left in the pod template: `kubectl rollout restart` an annotation, `kubectl set env` a
 * variable. Only places are looked at where Kubernetes fills in nothing itself, so that every field told is somebody's.
 */
export function strayFields(wanted: KubeObject, live: KubeObject, kubectl: Kubectl): StrayFields | undefined {
  const strays = [
    ...extraKeys(wanted, live, ['spec', 'template', 'metadata', 'annotations']),
    ...extraKeys(wanted, live, ['spec', 'template', 'metadata', 'labels']),
    ...extraKeys(wanted, live, ['spec', 'template', 'spec', 'nodeSelector']),
    ...extraEntries(wanted, live, ['spec', 'template', 'spec', 'volumes'], 'name'),
    ...extraInContainers(wanted, live),
  ];
  if (strays.length === 0) return undefined;
  // From the back of each list, or the numbers of those behind would change.
  const operations = [...strays].reverse().map(({ pointer }) => ({ op: 'remove', path: pointer }));
  const target = `${live.kind.toLowerCase()} ${live.metadata.name}`;
  return {
    object: live,
    fields: strays.map(({ text }) => text),
    command: `${kubectl} patch ${target} --type=json -p '${JSON.stringify(operations)}'`,
  };
}

function extraKeys(wanted: KubeObject, live: KubeObject, path: readonly string[]): Stray[] {
  const known = (field(wanted, ...path) ?? {}) as Record<string, unknown>;
  const found = (field(live, ...path) ?? {}) as Record<string, unknown>;
  return Object.keys(found)
    .filter((key) => !(key in known))
    .map((key) => ({ text: `${path.join('.')}["${key}"]`, pointer: pointerOf([...path, key]) }));
}

function extraEntries(
  wanted: KubeObject,
  live: KubeObject,
  path: readonly (string | number)[],
  key: string,
  wantedPath = path,
): Stray[] {
  const known = new Set(listField(wanted, ...wantedPath).map((entry) => String(field(entry, key))));
  return listField(live, ...path).flatMap((entry, index) => {
    const name = String(field(entry, key));
    return known.has(name) ? [] : [{ text: `${path.join('.')}[${key}=${name}]`, pointer: pointerOf([...path, index]) }];
  });
}

function extraInContainers(wanted: KubeObject, live: KubeObject): Stray[] {
  const path = ['spec', 'template', 'spec', 'containers'];
  const known = listField(wanted, ...path).map((container) => textField(container, 'name'));
  return listField(live, ...path).flatMap((container, index) => {
    const wantedIndex = known.indexOf(textField(container, 'name'));
    if (wantedIndex < 0) return [];
    return Object.entries(LISTS).flatMap(([list, key]) => {
      const [here, there] = [
        [...path, index, list],
        [...path, wantedIndex, list],
      ];
      if (key !== undefined) return extraEntries(wanted, live, here, key, there);
      const atAll = listField(live, ...here).length > 0 && listField(wanted, ...there).length === 0;
      return atAll ? [{ text: here.join('.'), pointer: pointerOf(here) }] : [];
    });
  });
}

function pointerOf(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
