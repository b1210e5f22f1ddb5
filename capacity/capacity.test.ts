import type { KubeObject } from '../model/kube-object';
import type { Cluster } from '../model/platform/cluster';
import { clusterNodes, type ClusterNode } from '../model/platform/cluster-nodes';
import type { PhaseId } from '../model/platform/phase';
import type { Platform } from '../model/platform/platform';
import { SCALES } from '../model/scales';
import { platform } from '../platform/platform';
import { apartBy, deployment, node, nodesOnly } from '../testing/pods';
import { objectsOf } from '../testing/rendered';
import { capacityOf, type Capacity } from './capacity';

function capacityAt(phase: PhaseId, of: Platform = platform, orders = 20): Capacity {
  const cluster = { ...of.clusters['europe-west4'], name: 'europe-west4' } as Cluster;
  return capacityOf(objectsOf(of, phase, 'europe-west4'), clusterNodes(of, cluster, phase), { orders, whatIf: false });
}

/** The platform with another maximum of ML inference. */
function withMlMaximum(maxReplicas: number): Platform {
  const ml = platform.workloads['ml-inference-service'];
  const scaling = ml?.kind === 'Deployment' ? ml.autoscaling?.['phase-2'] : undefined;
  if (ml?.kind !== 'Deployment' || scaling === undefined) throw new Error('ML inference is not autoscaled');
  const raised = { ...ml, autoscaling: { 'phase-2': { ...scaling, maxReplicas } } };
  return { ...platform, workloads: { ...platform.workloads, 'ml-inference-service': raised } };
}

const cores = (capacity: Capacity): bigint[] => SCALES.map((scale) => capacity.totals[scale].cpuMillicores);

describe('the platform itself', () => {
  // Platform design, section 6.1, less the ingress controller that phase 1 does not have.
  test('phase 1 asks for 21.50 to 23.50 cores of 31.36, and everything has a place in every order', () => {
    const { totals, placed, problems } = capacityAt('phase-1');
    expect(totals.minimum.cpuMillicores).toBe(21_500n);
    expect(totals.maximum.cpuMillicores).toBe(23_500n);
    expect(placed?.allocatable.cpuMillicores).toBe(8n * 3_920n);
    expect(problems).toEqual([]);
    for (const scale of SCALES) {
      expect(placed?.scales[scale].placement).toMatchObject({ answer: 'exists', waiting: [], pending: [] });
      expect(placed?.scales[scale].orders.stranding).toBe(0);
    }
  });

  test('phase 2 asks for 18.65 cores, 19.75 with the floor of four ML pods, 28.15 at most', () => {
    expect(cores(capacityAt('phase-2', platform, 0))).toEqual([18_650n, 18_650n + 1_100n, 28_150n]);
  });

  test.each(['phase-2', 'phase-3'] as const)(
    'at the maximum of %s everything has a place, the nightly batch too',
    (phase) => {
      const { placed, problems } = capacityAt(phase);
      expect(problems).toEqual([]);
      expect(placed?.scales.maximum.placement).toMatchObject({ answer: 'exists', waiting: [] });
    },
  );

  test('pools come with what stands on them, and add up to the totals', () => {
    const { placed, totals } = capacityAt('phase-1', platform, 0);
    expect(placed?.pools.map(({ pool, nodes }) => [pool, nodes])).toEqual([
      ['cognitive', 2],
      ['core', 3],
      ['core-extra', 1],
      ['ml', 2],
    ]);
    const sum = placed?.pools.reduce((cpu, { requested }) => cpu + requested.maximum.cpuMillicores, 0n);
    expect(sum).toBe(totals.maximum.cpuMillicores);
  });
});

describe('done when: the maximum of ML inference rises by two', () => {
  const raised = capacityAt('phase-3', withMlMaximum(8));

  test('it is two pods of 1.10 cores more', () => {
    const today = capacityAt('phase-3', platform, 0);
    expect((cores(raised)[2] ?? 0n) - (cores(today)[2] ?? 0n)).toBe(2n * 1_100n);
  });

  test('what no longer fits is said: the two pods of the batch, with the nodes that are short of CPU and by how much', () => {
    // One on-demand to two spot, skew 1: of eight ML pods at most three are on-demand, so five stand on the two spot nodes
    // (3.62 cores each beside their DaemonSets), where the batch must stand too: 7 x 1.10 of 7.24 cores.
    const { placement } = raised.placed?.scales.maximum ?? {};
    expect(placement).toMatchObject({ answer: 'exists', waiting: [{ owner: 'CronJob aia/ml-batch', pods: 2 }] });
    expect(placement?.because).toMatch(
      /5 of Deployment aia\/ml-inference-service, 2 of CronJob aia\/ml-batch must stand on the 2 nodes of ml-spot-a, ml-spot-b and ask for 7\.70 cores; there are 7\.24 cores/,
    );
    // It has the lowest priority, so it may wait: that is no problem.
    expect(raised.problems).toEqual([]);
  });

  test('by six, something that must run has no place, and the answer is no', () => {
    // Three on each spot node, so at most four on-demand: the eleventh has no place, whatever the CPU.
    const { problems } = capacityAt('phase-3', withMlMaximum(12), 0);
    const messages = problems.map(({ message }) => message);
    expect(messages).toContainEqual(
      expect.stringMatching(/can be placed: .*left over.*Deployment aia\/ml-inference-service/),
    );
    // And the namespace's quota of 28 cores would refuse the pods that come last.
    expect(messages).toContainEqual(expect.stringMatching(/ResourceQuota aia\/aia refuses pods/));
  });

  test('the minimum is as it was', () => {
    expect(raised.placed?.scales.minimum.placement.answer).toBe('exists');
  });
});

describe('which limit binds', () => {
  const answer = (objects: readonly KubeObject[], ...nodes: readonly ClusterNode[]): string =>
    capacityOf(objects, nodesOnly(...nodes), { orders: 0 }).problems.map(({ message }) => message)[0] ?? 'fits';

  test.each([
    [
      'memory',
      [deployment('a', 3, { cpu: '100m', memory: '3Gi' })],
      [node('one', '8', '8Gi')],
      /3 of .*ask for 9\.00 GiB; there are 8\.00 GiB/,
    ],
    [
      'CPU of one pod',
      [deployment('a', 1, { cpu: '5' })],
      [node('one', '4', '8Gi'), node('two', '4', '8Gi')],
      /one pod of Deployment shop\/a asks for 5\.00 cores, and the largest node it may use has 4\.00 cores/,
    ],
    [
      'the number of pods',
      [deployment('a', 3, { cpu: '1m' })],
      [node('one', '4', '8Gi', { pods: 2 })],
      /limit is 2 pods/,
    ],
    [
      'a GPU',
      [deployment('a', 1, { 'nvidia.com/gpu': '1' })],
      [node('one', '4', '8Gi')],
      /asks for 1 nvidia\.com\/gpu.*has 0 nvidia\.com\/gpu/,
    ],
    [
      'a label that no node has',
      [deployment('a', 1, { cpu: '1' }, { spec: { nodeSelector: { disk: 'ssd' } } })],
      [node('one', '4', '8Gi')],
      /may run on no node \(node selector\)/,
    ],
    [
      'a taint',
      [deployment('a', 1, { cpu: '1' })],
      [node('one', '4', '8Gi', { taints: [{ key: 'gpu', effect: 'NoSchedule' }] })],
      /may run on no node \(taint\)/,
    ],
    [
      'anti-affinity',
      [
        deployment(
          'a',
          2,
          { cpu: '1' },
          {
            spec: {
              affinity: {
                podAntiAffinity: {
                  requiredDuringSchedulingIgnoredDuringExecution: [
                    { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'a' } } },
                  ],
                },
              },
            },
          },
        ),
      ],
      [node('one', '4', '8Gi')],
      /2 pods of Deployment shop\/a must stand apart/,
    ],
    [
      'a hard spread',
      [deployment('a', 4, { cpu: '1' }, { spec: apartBy('topology.kubernetes.io/zone', 'a') })],
      [node('one', '8', '8Gi'), node('two', '1', '8Gi', { zone: 'b' })],
      /spread over topology\.kubernetes\.io\/zone/,
    ],
  ])('%s is named, with its numbers', (_, objects, nodes, expected) => {
    expect(answer(objects, ...nodes)).toMatch(expected);
  });

  test('what fits says nothing', () => {
    expect(answer([deployment('a', 2, { cpu: '1', memory: '1Gi' })], node('one', '4', '8Gi'))).toBe('fits');
  });
});

test('spread scheduling can strand a pod for which a placement exists', () => {
  // Two nodes of 4: small pods spread, one on each, and leave no node with 4 free; packed, they do.
  const objects = [
    deployment('small', 2, { cpu: '1', memory: '1Mi' }),
    deployment('large', 1, { cpu: '4', memory: '1Mi' }),
  ];
  const { placed } = capacityOf(objects, nodesOnly(node('one', '4', '8Gi'), node('two', '4', '8Gi')), { orders: 60 });
  expect(placed?.scales.minimum.placement.answer).toBe('exists');
  const { stranding, stranded } = placed?.scales.minimum.orders ?? { stranding: 0, stranded: [] };
  // The large pod finds an empty node only where it comes before the second small one: in two of three orders.
  expect(stranding).toBeGreaterThan(60 / 6);
  expect(stranding).toBeLessThan(60 / 2);
  expect(stranded[0]?.owner).toBe('Deployment shop/large');
});

test('a node lost, a zone lost: what is left over is named', () => {
  const nodes = nodesOnly(node('one', '2', '8Gi'), node('two', '2', '8Gi', { zone: 'b' }));
  const { placed, problems } = capacityOf([deployment('a', 3, { cpu: '1' })], nodes, { orders: 0 });
  expect(problems).toEqual([]);
  const pending = [{ owner: 'Deployment shop/a', pods: 1 }];
  expect(placed?.losses.filter(({ scale }) => scale === 'minimum')).toMatchObject([
    { kind: 'node', of: 'pool', pending },
    { kind: 'zone', of: 'a', pending },
    { kind: 'zone', of: 'b', pending },
  ]);
});

test.each([
  [3, [1, 1, 1]],
  [6, [2, 2, 2]],
])(
  'phase 3: %i ML pods that spread over kinds of capacity stand one on demand for two on spot',
  (replicas, expected) => {
    const key = 'aia.io/capacity-spread';
    const ml = deployment(
      'ml',
      replicas,
      { cpu: '1100m', memory: '2Gi' },
      {
        spec: { ...apartBy(key, 'ml'), tolerations: [{ key: 'cloud.google.com/gke-spot', operator: 'Exists' }] },
      },
    );
    const cluster = { ...platform.clusters['europe-west4'], name: 'europe-west4' } as Cluster;
    const nodes = clusterNodes(platform, cluster, 'phase-3');
    const { placed } = capacityOf([ml], nodes, { orders: 10, whatIf: false });
    const { placement, orders, nodes: used } = placed?.scales.minimum ?? {};
    expect([placement?.answer, orders?.stranding]).toEqual(['exists', 0]);
    const labelOf = new Map(nodes.nodes.map(({ name, labels }) => [name, labels[key]]));
    const counts = ['1', '2', '3'].map((kind) =>
      (used ?? [])
        .filter(({ name }) => labelOf.get(name) === kind)
        .flatMap(({ pods }) => pods.filter(({ owner }) => owner === 'Deployment shop/ml'))
        .reduce((sum, { pods }) => sum + pods, 0),
    );
    expect(counts).toEqual(expected);
  },
);

test('without nodes, requests are summed and nothing is refused', () => {
  const { totals, placed, problems } = capacityOf([deployment('a', 3, { cpu: '0.5', memory: '1G' })], undefined);
  expect(totals.minimum).toMatchObject({ pods: 3, cpuMillicores: 1_500n, memoryBytes: 3_000_000_000n });
  expect([placed, problems]).toEqual([undefined, []]);
});

test('a quota that refuses pods is a no, also without nodes', () => {
  const quota = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'small', namespace: 'shop' },
    spec: { hard: { 'requests.cpu': '1' } },
  };
  const { problems } = capacityOf([deployment('a', 3, { cpu: '500m' }), quota], undefined);
  expect(problems[0]?.message).toBe(
    'ResourceQuota shop/small refuses pods: requests.cpu is 1.50 cores, and 1.00 cores is allowed',
  );
});
