import type { KubeObject } from '../model/kube-object';
import { platform } from '../platform/platform';
import { alignedTable, field, objectsOf } from '../testing/rendered';
import { PHASES } from './phases';

/**
 * What the user asked to have locked down, read from the rendered objects: a reviewer sees here at a glance what a
 * change does to replicas, resources, pull policy or update strategy.
 */
test.each(PHASES.map(({ id }) => id))('workloads of %s on europe-west4', (phase) => {
  const objects = objectsOf(platform, phase, 'europe-west4');
  const rows = objects
    .filter(({ kind }) => ['Deployment', 'StatefulSet', 'CronJob'].includes(kind))
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    .flatMap((object) => tableRows(object, objects));
  const head = [
    'workload/container',
    'replicas',
    'requests',
    'limits',
    'pull',
    'update',
    'autoscaling',
    'memory by VPA',
  ];
  expect(`\n${alignedTable([head, ...rows])}\n`).toMatchSnapshot();
});

function tableRows(object: KubeObject, objects: readonly KubeObject[]): string[][] {
  const template = field(object, 'spec', 'template') ?? field(object, 'spec', 'jobTemplate', 'spec', 'template');
  const parallelism = field(object, 'spec', 'jobTemplate', 'spec', 'parallelism') as number | undefined;
  const replicas = field(object, 'spec', 'replicas') as number | undefined;
  const pods = parallelism === undefined ? String(replicas) : `0-${parallelism}`;
  return (field(template, 'spec', 'containers') as Record<string, unknown>[]).map((container) => [
    `${object.metadata.name}/${String(container.name)}`,
    pods,
    amounts(container, 'requests'),
    amounts(container, 'limits'),
    String(container.imagePullPolicy),
    update(object),
    autoscaling(object, objects),
    verticalScaling(object, objects),
  ]);
}

function autoscaling({ metadata }: KubeObject, objects: readonly KubeObject[]): string {
  const scaler = objects.find(
    ({ kind, metadata: { name } }) =>
      ['HorizontalPodAutoscaler', 'ScaledObject'].includes(kind) && name === metadata.name,
  );
  if (scaler === undefined) return '-';
  const spec = scaler.spec as Record<string, number>;
  const bounds = `${spec.minReplicas ?? spec.minReplicaCount ?? '?'}-${spec.maxReplicas ?? spec.maxReplicaCount ?? '?'}`;
  if (scaler.kind === 'HorizontalPodAutoscaler') {
    const percent = field(scaler, 'spec', 'metrics', 0, 'containerResource', 'target', 'averageUtilization') as number;
    return `HPA ${bounds}: cpu ${percent} %`;
  }
  const triggers = (
    field(scaler, 'spec', 'triggers') as { type: string; name?: string; metadata: Record<string, string> }[]
  ).map(({ type, name, metadata: { value, threshold, desiredReplicas } }) =>
    type === 'cpu' ? `cpu ${String(value)} %` : `${String(name)} ${String(threshold ?? desiredReplicas)}`,
  );
  return `ScaledObject ${bounds}: ${triggers.join(', ')}`;
}

function verticalScaling({ metadata }: KubeObject, objects: readonly KubeObject[]): string {
  const scaler = objects.find(
    ({ kind, metadata: { name } }) => kind === 'VerticalPodAutoscaler' && name === metadata.name,
  );
  if (scaler === undefined) return '-';
  const policy = field(scaler, 'spec', 'resourcePolicy', 'containerPolicies', 0);
  const mode = String(field(scaler, 'spec', 'updatePolicy', 'updateMode'));
  if (policy === undefined) return mode;
  return `${mode} ${String(field(policy, 'minAllowed', 'memory'))}-${String(field(policy, 'maxAllowed', 'memory'))}`;
}

function amounts(container: unknown, list: string): string {
  return `${String(field(container, 'resources', list, 'cpu'))} ${String(field(container, 'resources', list, 'memory'))}`;
}

function update(object: KubeObject): string {
  if (object.kind === 'CronJob') return String(field(object, 'spec', 'schedule'));
  const rolling =
    field(object, 'spec', 'strategy', 'rollingUpdate') ?? field(object, 'spec', 'updateStrategy', 'rollingUpdate');
  const values = Object.entries(rolling as object).map(([key, value]) => `${key} ${String(value)}`);
  return values.join(', ');
}
