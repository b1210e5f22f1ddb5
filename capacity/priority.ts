import type { KubeObject } from '../model/kube-object';
import { asNumber, asString } from '../model/manifest/access';

/** How a pod stands to others when there is not room for all. */
export interface PriorityOf {
  readonly value: number;
  readonly preempts: boolean;
  /** It has the lowest of the set's priority classes, which is there for what may wait. */
  readonly isLowest: boolean;
}

/** Classes that every cluster has. */
const SYSTEM: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

/**
 * Reads the PriorityClasses among the objects. A pod without a class has the global default's value, or 0. Only where
 * there are at least two classes is the lowest one the class of those that may wait.
 */
export function priorities(objects: readonly KubeObject[]): (className: unknown, value?: unknown) => PriorityOf {
  const classes = objects.filter(({ kind }) => kind === 'PriorityClass');
  const lowest = classes.length < 2 ? undefined : Math.min(...classes.map(({ value }) => asNumber(value) ?? 0));
  const byName = new Map(classes.map((one) => [one.metadata.name, one]));
  const fallback = classes.find(({ globalDefault }) => globalDefault === true);
  return (className, value) => {
    const name = asString(className) ?? '';
    const system = SYSTEM[name];
    if (system !== undefined) return { value: system, preempts: true, isLowest: false };
    const found = byName.get(name) ?? (name === '' ? fallback : undefined);
    const own = asNumber(found?.value) ?? asNumber(value) ?? 0;
    return {
      value: own,
      preempts: found?.preemptionPolicy !== 'Never',
      isLowest: found !== undefined && own === lowest,
    };
  };
}
