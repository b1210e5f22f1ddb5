import type { KubeObject } from '../../model/kube-object';
import { field } from '../cluster/field';

/** kubectl with its context and namespace, as it begins every command. */
export type Kubectl = string;

/**
 * Replaces a Deployment by one that Argo CD makes, and keeps its pods: ReplicaSets and pods get the labels by which the
 * new one selects, then the old one goes without them. The new one adopts them as an older version and replaces them
 * one after another, within its own budget. Tried on both test clusters.
 */
export function replaceDeployment(kubectl: Kubectl, wanted: KubeObject, live: KubeObject): string[] {
  return [
    ...relabel(kubectl, 'replicasets,pods', wanted, live),
    `${kubectl} delete deployment ${live.metadata.name} --cascade=orphan`,
  ];
}

/** The same for a StatefulSet, which owns its pods itself. Claims stay where they are. */
export function replaceStatefulSet(kubectl: Kubectl, wanted: KubeObject, live: KubeObject): string[] {
  return [
    ...relabel(kubectl, 'pods', wanted, live),
    `${kubectl} delete statefulset ${live.metadata.name} --cascade=orphan`,
  ];
}

function relabel(kubectl: Kubectl, kinds: string, wanted: KubeObject, live: KubeObject): string[] {
  const old = matchLabels(live);
  const fresh = matchLabels(wanted);
  const added = Object.entries(fresh).filter(([key, value]) => old[key] !== value);
  if (added.length === 0) return [];
  return [
    `${kubectl} label ${kinds} -l ${selectorText(old)} ${added.map(([key, value]) => `${key}=${value}`).join(' ')} --overwrite`,
  ];
}

/** The labels by which a workload selects its pods. */
export function matchLabels(object: KubeObject): Readonly<Record<string, string>> {
  return (field(object, 'spec', 'selector', 'matchLabels') ?? {}) as Record<string, string>;
}

/** A selector as `-l` takes it. */
export function selectorText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

/**
 * Nobody owns any field afterwards. Argo CD's next sync takes all of them over and so removes what Git does not name
 * (tried with Argo CD 3.2).
 */
export function clearManagers(kubectl: Kubectl, { kind, metadata }: KubeObject): string {
  return `${kubectl} patch ${kind.toLowerCase()} ${metadata.name} --type=merge -p '{"metadata":{"managedFields":[{}]}}'`;
}
