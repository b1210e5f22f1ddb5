import type { KubeObject } from '../../model/kube-object';
import { applicationStates, type ApplicationState } from '../cluster/applications';
import type { LiveCluster } from '../cluster/live-cluster';
import { podStates, type PodState } from '../cluster/pods';
import { rootName, type Site } from '../cluster/site';
import { workloadStates, type WorkloadState } from '../cluster/workloads';
import { blindAutoscalers, type BlindAutoscaler } from './blind-autoscalers';

/** What a gate sees of a cluster at one moment. */
export interface Sample {
  /** ms since 1970. */
  readonly time: number;
  readonly workloads: readonly WorkloadState[];
  readonly pods: readonly PodState[];
  readonly blind: readonly BlindAutoscaler[];
  readonly applications: readonly ApplicationState[];
}

/**
 * Looks at a cluster once.
 *
 * @param desired what Git holds for the phase: workloads that are missing count as not there.
 */
export async function takeSample(live: LiveCluster, site: Site, desired: readonly KubeObject[]): Promise<Sample> {
  const { namespace, argocdNamespace } = site.platform.settings;
  const [deployments, sets, pods, scalers, scaledObjects, applications] = await Promise.all([
    live.list('apps/v1', 'Deployment', namespace),
    live.list('apps/v1', 'StatefulSet', namespace),
    live.list('v1', 'Pod', namespace),
    live.list('autoscaling/v2', 'HorizontalPodAutoscaler', namespace),
    live.list('keda.sh/v1alpha1', 'ScaledObject', namespace),
    live.list('argoproj.io/v1alpha1', 'Application', argocdNamespace),
  ]);
  return {
    time: Date.now(),
    workloads: workloadStates(desired, [...deployments, ...sets]),
    pods: podStates(pods),
    blind: blindAutoscalers([...scalers, ...scaledObjects]),
    applications: applicationStates(applications, { root: rootName(site), cluster: site.cluster.name }),
  };
}
