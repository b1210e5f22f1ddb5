import type { PhaseId } from '../../model/platform/phase';
import { detail } from '../report';
import type { Stage } from '../stage';
import { DONE, still, until } from '../wait';

/** Its pods of the broken phase never become ready. */
export const BROKEN = 'ml-inference-service';

/** Simulated pods are ready for a moment before they fail, and count as available only after this time. */
export function pauseBeforeAvailable({ fork }: Stage): void {
  const file = 'constructs/deployment.ts';
  if (fork.read(file).includes('minReadySeconds')) return;
  fork.edit(file, 'progressDeadlineSeconds:', 'minReadySeconds: 3,\n      progressDeadlineSeconds:');
}

/**
 * Breaks the revision that a phase brings, before it is there, and no other; it is never mended. Its name follows from
 * its pod template alone, so a Deployment of no replicas in another namespace has one of the same name.
 */
export async function breakRevision({ kubectl, fork, cluster, namespace }: Stage, phase: PhaseId): Promise<void> {
  const elsewhere = 'e2e-revision';
  const file = `dist/${phase}/${cluster}/workloads/Deployment.apps_${namespace}_${BROKEN}.yaml`;
  const manifest = fork.read(file).replaceAll(`namespace: ${namespace}`, `namespace: ${elsewhere}`);
  await kubectl.run('create', 'namespace', elsewhere);
  await kubectl.apply(manifest.replace(/^ {2}replicas: \d+$/m, '  replicas: 0'));
  let revision = '';
  await until('the name of the revision', 30, async () => {
    revision = (await kubectl.list(elsewhere, 'replicasets'))[0]?.metadata.name ?? '';
    return revision === '' ? still('none') : DONE;
  });
  await kubectl.run('delete', 'namespace', elsewhere, '--wait=false');
  detail(`${revision} will never be ready`);
  const fault = `--from-literal=${namespace}.${revision}=CrashLoopBackOff`;
  await kubectl.run('create', 'configmap', 'faults', '-n', 'kube-system', fault);
}

/** Nothing is broken any more. */
export async function mendRevision({ kubectl }: Stage): Promise<void> {
  await kubectl.run('delete', 'configmap', 'faults', '-n', 'kube-system');
}
