import type { KubeObject } from '../model/kube-object';
import { asRecord } from '../model/manifest/access';
import { deployment, node, nodesOnly } from '../testing/pods';
import { capacityOf, type Capacity } from './capacity';

/** Table C of the review tools that others got wrong (docs/capacity.md): one test for each row that capacity answers. */
const requests = (...objects: KubeObject[]): Capacity => capacityOf(objects, undefined);
const cpuOf = (...objects: KubeObject[]): bigint | undefined => requests(...objects).workloads[0]?.onePod.cpuMillicores;

function scaler(kind: 'HorizontalPodAutoscaler' | 'ScaledObject', spec: object): KubeObject {
  const apiVersion = kind === 'ScaledObject' ? 'keda.sh/v1alpha1' : 'autoscaling/v2';
  return {
    apiVersion,
    kind,
    metadata: { name: 'a', namespace: 'shop' },
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'a' }, ...spec },
  };
}

test('C1: a sidecar of 100m, an init container of 200m and an app of 100m ask for 300m, which a quota of 250m refuses', () => {
  const init = (name: string, cpu: string): object => ({ name, resources: { requests: { cpu } } });
  const object = deployment(
    'a',
    1,
    { cpu: '100m' },
    {
      spec: { initContainers: [{ ...init('proxy', '100m'), restartPolicy: 'Always' }, init('migrate', '200m')] },
    },
  );
  expect(cpuOf(object)).toBe(300n);
  const quota = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'q', namespace: 'shop' },
    spec: { hard: { 'requests.cpu': '250m' } },
  };
  expect(requests(object, quota).problems).toHaveLength(1);
});

test('C3: an autoscaler from 6 to 25 counts, not the one replica of the manifest', () => {
  const { moments } =
    requests(deployment('a', 1, { cpu: '1' }), scaler('HorizontalPodAutoscaler', { minReplicas: 6, maxReplicas: 25 }))
      .workloads[0] ?? {};
  expect([moments?.minimum.pods, moments?.expected.pods, moments?.maximum.pods]).toEqual([6, 6, 25]);
});

test('C3: the floor of a cron trigger is what is expected', () => {
  const spec = {
    minReplicaCount: 3,
    maxReplicaCount: 6,
    triggers: [{ type: 'cron', metadata: { desiredReplicas: '4' } }],
  };
  const { moments } = requests(deployment('a', 3, { cpu: '1' }), scaler('ScaledObject', spec)).workloads[0] ?? {};
  expect([moments?.minimum.pods, moments?.expected.pods, moments?.maximum.pods]).toEqual([3, 4, 6]);
});

test('C5: a DaemonSet has a pod on each node that it tolerates, a CronJob all pods of a run at the maximum, GPUs and ephemeral storage count', () => {
  const template = (requested: object): object => ({
    spec: { containers: [{ name: 'x', resources: { requests: requested } }] },
  });
  const make = (kind: string, apiVersion: string, spec: object): KubeObject => ({
    apiVersion,
    kind,
    metadata: { name: kind.toLowerCase(), namespace: 'shop' },
    spec,
  });
  const tainted = node('two', '4', '8Gi', { taints: [{ key: 'x', effect: 'NoSchedule' }] });
  const { workloads } = capacityOf(
    [
      make('CronJob', 'batch/v1', {
        jobTemplate: {
          spec: {
            parallelism: 4,
            completions: 3,
            template: template({ 'nvidia.com/gpu': '2', 'ephemeral-storage': '1Gi' }),
          },
        },
      }),
      make('DaemonSet', 'apps/v1', { template: template({ cpu: '100m' }) }),
    ],
    nodesOnly(node('one', '4', '8Gi'), tainted),
    { orders: 0, whatIf: false },
  );
  const [daemons, batch] = workloads;
  expect(batch?.moments.minimum.pods).toBe(0);
  expect(batch?.moments.maximum).toMatchObject({
    pods: 3,
    extended: { 'nvidia.com/gpu': 6n, 'ephemeral-storage': 3n * 1024n ** 3n },
  });
  expect(daemons?.moments.minimum).toMatchObject({ pods: 1, cpuMillicores: 100n });
});

describe('C6: the injected proxy counts', () => {
  const namespace = (labels: Record<string, string>): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', labels },
  });
  const plain = deployment('a', 1, { cpu: '500m', memory: '512Mi' });
  const annotated = (annotations: Record<string, string>): KubeObject =>
    deployment('a', 1, { cpu: '500m', memory: '512Mi' }, { annotations });

  test.each([
    [
      'by the label of the namespace, with the mesh default of 100m',
      [plain, namespace({ 'istio-injection': 'enabled' })],
      600n,
    ],
    ['by the revision of the namespace', [plain, namespace({ 'istio.io/rev': 'stable' })], 600n],
    ['by an annotation that says how much', [annotated({ 'sidecar.istio.io/proxyCPU': '250m' })], 750n],
    [
      'not at all, where the pod declines',
      [annotated({ 'sidecar.istio.io/inject': 'false' }), namespace({ 'istio-injection': 'enabled' })],
      500n,
    ],
    [
      'with no CPU where only its memory is set: that takes the default away',
      [annotated({ 'sidecar.istio.io/proxyMemory': '64Mi' }), namespace({ 'istio-injection': 'enabled' })],
      500n,
    ],
    ['with its limit where it has no request', [annotated({ 'sidecar.istio.io/proxyCPULimit': '2' })], 2_500n],
    ['not in a namespace without injection', [plain, namespace({})], 500n],
  ])('%s', (_, objects, expected) => {
    expect(requests(...objects).workloads[0]?.onePod.cpuMillicores).toBe(expected);
  });

  test('once, where the manifest has the proxy already', () => {
    const injected = deployment(
      'a',
      1,
      { cpu: '500m' },
      {
        spec: {
          initContainers: [{ name: 'istio-proxy', restartPolicy: 'Always', resources: { requests: { cpu: '100m' } } }],
        },
      },
    );
    expect(cpuOf(injected, namespace({ 'istio-injection': 'enabled' }))).toBe(600n);
  });
});

test('a LimitRange gives its requests to containers that have none', () => {
  const range = {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'r', namespace: 'shop' },
    spec: { limits: [{ type: 'Container', default: { cpu: '500m' }, defaultRequest: { cpu: '100m' } }] },
  };
  expect(cpuOf(deployment('a', 1, {}), range)).toBe(100n);
  expect(cpuOf(deployment('a', 1, { cpu: '2' }), range)).toBe(2_000n);
});

test('C9: the start counts: memory that only an init container needs is held for the pod', () => {
  const object = deployment(
    'a',
    1,
    { memory: '250Mi' },
    {
      spec: { initContainers: [{ name: 'load', resources: { requests: { memory: '2Gi' } } }] },
    },
  );
  expect(requests(object).workloads[0]?.onePod.memoryBytes).toBe(2n * 1024n ** 3n);
});

test('C10: 0.1 and 100m, 123Mi and 128974848 are the same, and a thousand of them drift by nothing', () => {
  const totals = (cpu: string, memory: string): unknown =>
    requests(deployment('a', 1000, { cpu, memory })).totals.minimum;
  expect(totals('0.1', '128974848')).toEqual(totals('100m', '123Mi'));
  expect(totals('0.1', '123Mi')).toMatchObject({ cpuMillicores: 100_000n, memoryBytes: 128_974_848_000n });
});

test('C12: what fits at the minimum is asked again at the maximum', () => {
  const objects = [
    deployment('a', 1, { cpu: '1' }),
    scaler('HorizontalPodAutoscaler', { minReplicas: 1, maxReplicas: 3 }),
  ];
  const { placed, problems } = capacityOf(objects, nodesOnly(node('one', '2', '8Gi')), { orders: 0 });
  expect(placed?.scales.minimum.placement.answer).toBe('exists');
  expect(placed?.scales.maximum.placement.answer).toBe('impossible');
  expect(problems.map(({ scale }) => scale)).toEqual(['maximum']);
});

describe('C13: both generations count during an update', () => {
  const surgeOf = (object: KubeObject, ...others: KubeObject[]): number => {
    const { moments } = requests(object, ...others).workloads[0] ?? {};
    return (moments?.rollingUpdate.pods ?? 0) - (moments?.maximum.pods ?? 0);
  };
  const rollout = (strategy: object): KubeObject => {
    const { spec, ...object } = deployment('a', 4, { cpu: '1' });
    return { ...object, apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { ...asRecord(spec), strategy } };
  };
  test.each([
    ['maxSurge of two', deployment('a', 4, {}, { strategy: { rollingUpdate: { maxSurge: 2 } } }), 2],
    ['a percentage, rounded up', deployment('a', 5, {}, { strategy: { rollingUpdate: { maxSurge: '30%' } } }), 2],
    ['the default of a quarter', deployment('a', 4, {}, { strategy: {} }), 1],
    ['Recreate', deployment('a', 4, {}, { strategy: { type: 'Recreate' } }), 0],
    ['a blue-green Rollout', rollout({ blueGreen: {} }), 4],
    ['a canary Rollout', rollout({ canary: { maxSurge: 1 } }), 1],
  ])('%s', (_, object, expected) => {
    expect(surgeOf(object)).toBe(expected);
  });

  test("Flagger's canary runs beside a primary of the same size, with two scalers for one service", () => {
    const canary = {
      apiVersion: 'flagger.app/v1beta1',
      kind: 'Canary',
      metadata: { name: 'a', namespace: 'shop' },
      spec: { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' } },
    };
    const scalers = [
      scaler('ScaledObject', { minReplicaCount: 2, maxReplicaCount: 4 }),
      scaler('HorizontalPodAutoscaler', { minReplicas: 1, maxReplicas: 3 }),
    ];
    expect(surgeOf(deployment('a', 4, {}), canary, ...scalers)).toBe(4);
  });

  test('an update for which there is no room is told', () => {
    const object = deployment(
      'a',
      2,
      { cpu: '1' },
      { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } },
    );
    const { placed } = capacityOf([object], nodesOnly(node('one', '2', '8Gi')), { orders: 5 });
    expect(placed?.rollouts[0]).toMatchObject({
      owner: 'Deployment shop/a',
      surge: 1,
      answer: 'impossible',
      stalls: 5,
    });
  });
});
