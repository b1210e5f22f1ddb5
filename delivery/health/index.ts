import application from './argoproj.io_Application.lua';
import verticalPodAutoscaler from './autoscaling.k8s.io_VerticalPodAutoscaler.lua';
import clusterQueue from './kueue.x-k8s.io_ClusterQueue.lua';
import localQueue from './kueue.x-k8s.io_LocalQueue.lua';

/**
 * Health checks in Lua for kinds that Argo CD has none for, by group and kind as `argocd-cm` spells them.
 *
 * @see https://argo-cd.readthedocs.io/en/release-3.2/operator-manual/health/
 */
export const HEALTH_CHECKS: Readonly<Record<string, string>> = {
  'argoproj.io_Application': application,
  'autoscaling.k8s.io_VerticalPodAutoscaler': verticalPodAutoscaler,
  'kueue.x-k8s.io_ClusterQueue': clusterQueue,
  'kueue.x-k8s.io_LocalQueue': localQueue,
};
