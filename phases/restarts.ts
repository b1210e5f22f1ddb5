import type { KubeObject } from '../model/kube-object';
import type { Cell } from './render';

/** A workload whose pods are replaced when a cluster goes from one phase to the other. */
export interface Restart {
  readonly kind: string;
  readonly name: string;
  /** Fields of the pod template that differ, shortest paths first: `resources`, `affinity`. */
  readonly because: readonly string[];
}

/**
 * The workloads whose pod template differs between two phases of one cluster: Kubernetes replaces their pods one after
 * another. A CronJob is not among them, since only its next run takes the new template.
 */
export function restartsBetween(from: Cell, to: Cell): Restart[] {
  const restarts = to.objects.flatMap(({ object }) => {
    if (!['Deployment', 'StatefulSet', 'DaemonSet'].includes(object.kind)) return [];
    const before = from.objects.find(
      ({ object: { kind, metadata } }) => kind === object.kind && metadata.name === object.metadata.name,
    );
    if (before === undefined) return [];
    const because = differingFields(templateOf(before.object), templateOf(object));
    return because.length === 0 ? [] : [{ kind: object.kind, name: object.metadata.name, because }];
  });
  return restarts.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function templateOf(object: KubeObject): unknown {
  return (object.spec as { readonly template?: unknown } | undefined)?.template;
}

/** Names of the deepest named fields under which something differs, without the way there. */
function differingFields(before: unknown, after: unknown): string[] {
  const found = new Set<string>();
  const visit = (left: unknown, right: unknown, field: string): void => {
    if (JSON.stringify(left) === JSON.stringify(right)) return;
    if (isRecord(left) && isRecord(right) && (field === '' || CONTAINERS.has(field))) {
      for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) visit(left[key], right[key], key);
    } else if (Array.isArray(left) && Array.isArray(right) && CONTAINERS.has(field) && left.length === right.length) {
      left.forEach((entry, index) => {
        visit(entry, right[index], field);
      });
    } else {
      found.add(field);
    }
  };
  visit(before, after, '');
  return [...found].sort();
}

/** Fields whose own name says too little: one looks inside. */
const CONTAINERS = new Set(['metadata', 'spec', 'containers', 'initContainers']);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
