import type { Construct } from 'constructs';
import { Application } from '../imports/argoproj.io';
import { IN_CLUSTER, sharedName, type Target } from './names';
import { syncPolicy } from './sync-policy';

/**
 * The application that a person applies once per cluster; it brings all others from `argocd/<cluster>/apps`.
 *
 * It alone is compared without a server-side dry run: applications have no status subresource, so whatever their status
 * does meanwhile would show as a difference. It alone prunes last: a chart that leaves with a phase goes when the layers no longer use its kinds. It has no
 * finalizer, so deleting it deletes nothing else.
 */
export function rootApplication(scope: Construct, target: Target): void {
  const { settings } = target.platform;
  new Application(scope, 'root', {
    metadata: {
      name: sharedName(target, 'root'),
      namespace: settings.argocdNamespace,
      labels: { 'app.kubernetes.io/part-of': settings.name },
    },
    spec: {
      project: sharedName(target, 'root'),
      source: {
        repoUrl: settings.repositoryUrl,
        targetRevision: settings.branch,
        path: `argocd/${target.cluster.name}/apps`,
        directory: { recurse: true },
      },
      // Applications live where Argo CD does, whatever cluster they deploy to.
      destination: { server: IN_CLUSTER, namespace: settings.argocdNamespace },
      syncPolicy: syncPolicy('PruneLast=true'),
    },
  });
}
