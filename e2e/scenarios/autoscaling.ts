import { setTimeout as sleep } from 'node:timers/promises';
import { blindAutoscalers } from '../../rollout/gates/blind-autoscalers';
import { Broken } from '../problem';
import { detail } from '../report';
import type { Stage } from '../stage';
import { DONE, still, until } from '../wait';
import { replicasOf } from './live';

/** The workload that gets load, and the bounds of its autoscaler in the platform design, section 6. */
const SCALED = { name: 'api', min: 3, max: 5 };

const METRICS_API = 'v1beta1.metrics.k8s.io';

/** Simulated usage is in percent of the request; the test cluster reads it from here. */
const USAGE = ['configmap', 'usage', '-n', 'kube-system'];

/** Every autoscaler reads its metric, and leaves the replicas alone while there is no load. */
export async function autoscalersSeeTheirMetrics(stage: Stage): Promise<void> {
  await until('autoscalers that see', 90, async () => {
    const autoscalers = await stage.kubectl.list(stage.namespace, 'horizontalpodautoscalers');
    const waiting = autoscalers.filter(
      ({ status }) => (status as { conditions?: unknown[] } | undefined)?.conditions === undefined,
    );
    const blind = blindAutoscalers(autoscalers);
    if (autoscalers.length === 0) return still('none is there');
    if (waiting.length + blind.length > 0)
      return still([...waiting.map(({ metadata }) => metadata.name), ...blind.map(({ name }) => name)].join(', '));
    return DONE;
  });
}

/** Load raises the replicas to the maximum and no further, Argo CD leaves them there, and they fall back to the minimum. */
export async function scalesWithLoad(stage: Stage): Promise<void> {
  const { kubectl, argocd, namespace } = stage;
  await usageIs(stage, 200);
  try {
    await replicasReach(stage, SCALED.max);
    // Long enough for Argo CD to heal what it took for drift.
    await sleep(8000);
    const { wanted } = replicasOf(await kubectl.find(namespace, 'deployment', SCALED.name));
    if (wanted !== SCALED.max) throw new Broken(`Argo CD took the replicas back to ${wanted}`);
    await argocd.settle('synced while scaled');
    await usageIs(stage, 10);
    await replicasReach(stage, SCALED.min);
  } finally {
    await kubectl.run('delete', ...USAGE, '--ignore-not-found');
  }
}

async function usageIs({ kubectl, namespace }: Stage, percent: number): Promise<void> {
  await kubectl.run('delete', ...USAGE, '--ignore-not-found');
  await kubectl.run('create', ...USAGE, `--from-literal=${namespace}.${SCALED.name}=${percent}`);
}

/** Without the metrics API autoscalers are blind. Argo CD calls everything healthy; our own gate does not. */
export async function blindAutoscalersAreSeen(stage: Stage): Promise<void> {
  const { kubectl, argocd, namespace } = stage;
  const service = JSON.parse(await kubectl.run('get', 'apiservice', METRICS_API, '-o', 'json')) as {
    metadata: Record<string, unknown>;
    status?: unknown;
  };
  const manifest = JSON.stringify({ ...service, status: undefined, metadata: { name: METRICS_API } });
  await kubectl.run('delete', 'apiservice', METRICS_API);
  try {
    await until('the gate', 60, async () => {
      const blind = blindAutoscalers(await kubectl.list(namespace, 'horizontalpodautoscalers'));
      if (blind.length === 0) return still('it sees no blind autoscaler');
      detail(`blind: ${blind.map(({ name, reason }) => `${name} (${reason.slice(0, 60)}…)`).join(', ')}`);
      return DONE;
    });
    const { health } = await argocd.status(argocd.layer('workloads'));
    detail(`Argo CD calls the workloads ${health?.status ?? 'nothing'}`);
  } finally {
    await kubectl.apply(manifest);
  }
  await autoscalersSeeTheirMetrics(stage);
}

async function replicasReach({ kubectl, namespace }: Stage, replicas: number): Promise<void> {
  await until(`${SCALED.name} with ${replicas} pods`, 120, async () => {
    const { wanted, available } = replicasOf(await kubectl.find(namespace, 'deployment', SCALED.name));
    return wanted === replicas && available === replicas ? DONE : still(`${available} of ${wanted} available`);
  });
}
