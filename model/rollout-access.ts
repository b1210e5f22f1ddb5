import type { Settings } from './platform/platform';

/** Where a right holds: everywhere, in the namespace of the workloads, or in Argo CD's. */
export type AccessScope = 'cluster' | 'workloads' | 'argocd';

/** One right that `aia preflight`, `rollout` and `status` use. */
export interface AccessRule {
  readonly scope: AccessScope;
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Only these objects; left out: all. */
  readonly names?: readonly string[];
}

/**
 * Every right that the commands use, and no other. It is rendered for a cluster (`delivery/access.ts`) and asked for by
 * preflight, so the two can't differ.
 *
 * The only writes: an application's refresh annotation and the end of its operation (both are patches of an
 * application), and the Lease that keeps two rollouts apart.
 */
export function rolloutAccess(settings: Settings, cluster: string): readonly AccessRule[] {
  const { name, namespace } = settings;
  const lease = { scope: 'argocd', group: 'coordination.k8s.io', resources: ['leases'] } as const;
  return [
    { scope: 'workloads', group: 'apps', resources: ['deployments', 'statefulsets'], verbs: ['get', 'list'] },
    { scope: 'workloads', group: '', resources: ['services'], verbs: ['get'] },
    // Which image can't be pulled, why a container ends, what the scheduler misses.
    { scope: 'workloads', group: '', resources: ['events'], verbs: ['list'] },
    { scope: 'workloads', group: 'autoscaling', resources: ['horizontalpodautoscalers'], verbs: ['list'] },
    { scope: 'workloads', group: 'keda.sh', resources: ['scaledobjects'], verbs: ['list'] },
    { scope: 'argocd', group: 'argoproj.io', resources: ['applications'], verbs: ['get', 'list', 'patch'] },
    { scope: 'argocd', group: 'argoproj.io', resources: ['appprojects'], verbs: ['get'] },
    { scope: 'argocd', group: '', resources: ['configmaps'], verbs: ['get'], names: ['argocd-cm'] },
    // Creating can't be bound to a name.
    { ...lease, verbs: ['create'] },
    { ...lease, verbs: ['get', 'update'], names: [leaseName(name, cluster)] },
    { scope: 'cluster', group: '', resources: ['nodes'], verbs: ['list'] },
    // What is free on a node is what pods of all namespaces leave of it.
    { scope: 'cluster', group: '', resources: ['pods'], verbs: ['list'] },
    { scope: 'cluster', group: '', resources: ['namespaces'], verbs: ['get'], names: [namespace] },
    { scope: 'cluster', group: 'storage.k8s.io', resources: ['storageclasses'], verbs: ['get'] },
    { scope: 'cluster', group: 'scheduling.k8s.io', resources: ['priorityclasses'], verbs: ['get'] },
  ];
}

/** Name of the Lease that a rollout of a cluster holds, in the namespace of its Argo CD. */
export function leaseName(platform: string, cluster: string): string {
  return `${platform}-rollout-${cluster}`;
}
