import type { Construct } from 'constructs';
import { replicasOf } from '../model/platform/replicas';
import type { DeploymentWorkload } from '../model/platform/workload';
import { k8s } from './k8s';
import { patchRendered } from './patch-rendered';
import { drainPatches, podTemplate } from './pod-template';
import { ownerMetadata, selectorLabels, type Site } from './site';

/** The Deployment of a stateless workload. */
export function deployment(
  scope: Construct,
  site: Site,
  workload: DeploymentWorkload,
  config: Readonly<Record<string, string>>,
): void {
  const object = new k8s.KubeDeployment(scope, 'deployment', {
    metadata: ownerMetadata(site, workload),
    spec: {
      replicas: replicasOf(workload, site.cluster, site.phase),
      selector: { matchLabels: selectorLabels(workload) },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: {
          maxSurge: k8s.IntOrString.fromNumber(workload.rollout.maxSurge),
          maxUnavailable: k8s.IntOrString.fromNumber(workload.rollout.maxUnavailable),
        },
      },
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 5,
      template: podTemplate(site, workload, config, 'Always'),
    },
  });
  patchRendered(object, ...drainPatches(site, workload, '/spec/template'));
}
