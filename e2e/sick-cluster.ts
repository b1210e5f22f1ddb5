import { stringify } from 'yaml';
import type { KubeObject } from '../model/kube-object';
import { detail } from './report';
import type { Stage } from './stage';
import { DONE, still, until } from './wait';

interface HandMade {
  readonly name: string;
  readonly replicas: number;
  /** Label by which it selects its pods. */
  readonly label: string;
  readonly container: string;
  /** What its pods fail with; undefined: they are well. */
  readonly fault?: string;
}

/**
 * The platform as the strategy found it: a healthy core and three sick services, made by hand, before anybody thought of
 * Git. Names are the strategy's own; labels and one container are not, as happens.
 */
export const HAND_MADE: readonly HandMade[] = [
  { name: 'api', replicas: 3, label: 'app', container: 'api' },
  { name: 'ml-inference-service', replicas: 3, label: 'app', container: 'ml-inference', fault: 'CrashLoopBackOff' },
  {
    name: 'biometric-processor',
    replicas: 2,
    label: 'app.kubernetes.io/name',
    container: 'biometric-processor',
    fault: 'ImagePullBackOff',
  },
  {
    name: 'cognitive-processor',
    replicas: 1,
    label: 'app.kubernetes.io/name',
    container: 'app',
    fault: 'CrashLoopBackOff',
  },
];

/** Makes the objects by hand, and applies half of the strategy's patches, word for word. */
export async function makeSick({ kubectl, namespace }: Stage): Promise<void> {
  await kubectl.run('create', 'namespace', namespace);
  await kubectl.apply(HAND_MADE.map((entry) => stringify(deployment(entry, namespace))).join('---\n'));
  const inNamespace = ['-n', namespace];
  // Action 1 of the strategy, as it stands there.
  const resources = { requests: { memory: '2Gi', cpu: '1000m' }, limits: { memory: '4Gi', cpu: '2000m' } };
  const patch = { spec: { template: { spec: { containers: [{ name: 'ml-inference', resources }] } } } };
  await kubectl.run('patch', 'deployment', 'ml-inference-service', '-p', JSON.stringify(patch), ...inNamespace);
  // The first half of action 2, and a variable that somebody set while he looked for the reason.
  await kubectl.run('rollout', 'restart', 'deployment/biometric-processor', ...inNamespace);
  await kubectl.run('set', 'env', 'deployment/biometric-processor', 'DEBUG=1', ...inNamespace);
  // Action 3.
  await kubectl.run('scale', 'deployment', 'cognitive-processor', '--replicas=2', ...inNamespace);
  await breakOldRevisions({ kubectl, namespace });
  await until('a cluster as sick as the strategy found it', 60, async () => {
    const sick = await sickPods({ kubectl, namespace });
    const names = HAND_MADE.filter(({ fault }) => fault !== undefined).map(({ name }) => name);
    const well = names.filter((name) => !sick.some((pod) => pod.startsWith(name)));
    return well.length === 0 ? DONE : still(`${well.join(', ')} still well`);
  });
  detail(`${(await sickPods({ kubectl, namespace })).length} pods are sick`);
}

/** Faults are bound to the ReplicaSets that there are now: whatever Git brings is a new one, and well. */
async function breakOldRevisions({ kubectl, namespace }: Pick<Stage, 'kubectl' | 'namespace'>): Promise<void> {
  const sets = await kubectl.list(namespace, 'replicasets');
  const faults = sets.flatMap(({ metadata }) => {
    const owner = HAND_MADE.find(({ name }) => metadata.name.startsWith(`${name}-`));
    return owner?.fault === undefined ? [] : [`--from-literal=${namespace}.${metadata.name}=${owner.fault}`];
  });
  await kubectl.run('create', 'configmap', 'faults', '-n', 'kube-system', ...faults);
}

async function sickPods({ kubectl, namespace }: Pick<Stage, 'kubectl' | 'namespace'>): Promise<string[]> {
  const pods = await kubectl.list(namespace, 'pods');
  return pods.filter(isWaiting).map(({ metadata }) => metadata.name);
}

function isWaiting({ status }: KubeObject): boolean {
  const { containerStatuses = [] } = status as { containerStatuses?: { state?: { waiting?: { reason?: string } } }[] };
  return containerStatuses.some(({ state }) => state?.waiting?.reason?.endsWith('BackOff') === true);
}

function deployment({ name, replicas, label, container }: HandMade, namespace: string): KubeObject {
  const labels = { [label]: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: container,
              image: `registry.example.com/${name}:old`,
              resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '500m', memory: '1Gi' } },
            },
          ],
        },
      },
    },
  };
}
