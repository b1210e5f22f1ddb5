import { detail } from './report';
import type { Stage } from './stage';

/** Takes everything that a run has brought off a cluster that stays. */
export async function clear({ kubectl, argocd, namespace, fork, cluster }: Stage): Promise<void> {
  detail('clearing the cluster');
  const { settings } = argocd;
  const ours = ['-l', `app.kubernetes.io/part-of=${settings.name}`, '--ignore-not-found'];
  const steps = [
    // Root first: it would bring the others back.
    [
      'delete',
      'application.argoproj.io',
      `${settings.name}-root`,
      '-n',
      settings.argocdNamespace,
      '--ignore-not-found',
    ],
    ['delete', 'application.argoproj.io,appproject.argoproj.io', '-n', settings.argocdNamespace, ...ours],
    ['delete', 'namespace', namespace, '--ignore-not-found', '--timeout=120s'],
    ['delete', 'priorityclass,storageclass', ...ours],
    ['delete', 'persistentvolume', '-l', 'app.kubernetes.io/managed-by=aia-e2e', '--ignore-not-found'],
    ['delete', 'node', '-l', `${settings.labelDomain}/pool`, '--ignore-not-found'],
  ];
  for (const step of steps) {
    const refusal = await kubectl.refusal(...step);
    if (refusal !== undefined) detail(`could not clear ${cluster} (${fork.clone}): ${refusal}`);
  }
}
