import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { KubeObject } from '../model/kube-object';
import type { Cluster } from '../model/platform/cluster';
import { clusterNodes, type ClusterNodes } from '../model/platform/cluster-nodes';
import type { PhaseId } from '../model/platform/phase';
import { readPrices, type Prices } from '../model/platform/prices';
import { SCALES } from '../model/scales';
import { platform } from '../platform/platform';
import { apartBy, deployment, node, nodesOnly } from '../testing/pods';
import { objectsOf } from '../testing/rendered';
import { costOf, type Cost } from './cost';
import { gatesOf } from './gates';
import { dollarText } from './money';

const prices = readPrices(readFileSync(path.join(__dirname, '../platform/prices.yaml'), 'utf8'), platform);

function nodesOf(cluster: string, phase: PhaseId): ClusterNodes {
  return clusterNodes(platform, { ...platform.clusters[cluster], name: cluster } as Cluster, phase);
}

/** Dollars of the lines of one kind, at the maximum. */
function sum(cost: Cost, ...kinds: string[]): string {
  const lines = cost.lines.filter(({ kind }) => kinds.includes(kind));
  return dollarText(lines.reduce((total, { microUsdPerMonth }) => total + microUsdPerMonth.maximum, 0n));
}

const empty = (cluster: string, phase: PhaseId): Cost => costOf([], nodesOf(cluster, phase), prices);

/** ML inference as phase 3 has it: one slot on demand for two on spot. */
function inference(replicas: number, prefersSpot = false): KubeObject {
  const key = 'aia.io/pool';
  const term = (values: string[]): object => ({ matchExpressions: [{ key, operator: 'In', values }] });
  return deployment(
    'ml',
    replicas,
    { cpu: '1100m', memory: '2Gi' },
    {
      spec: {
        ...apartBy('aia.io/capacity-spread', 'ml'),
        tolerations: [{ key: 'cloud.google.com/gke-spot', operator: 'Exists' }],
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term(['ml-spot', 'core'])] },
            ...(prefersSpot && {
              preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: term(['ml-spot']) }],
            }),
          },
        },
      },
    },
  );
}

describe('the bill, by hand: 730 hours a month', () => {
  test('eight on-demand nodes are 8 × 0.18604 × 730 = 1,086.47', () => {
    expect(sum(empty('europe-west4', 'phase-1'), 'nodes')).toBe('1,086.47');
  });

  test('six on demand and two spot are (6 × 0.18604 + 2 × 0.06512) × 730 = 909.93', () => {
    expect(sum(empty('europe-west4', 'phase-3'), 'nodes')).toBe('909.93');
  });

  test('both regions with their fees are 909.93 + 5 × 0.18589 × 730 + 2 × 73 = 1,734.43', () => {
    const regions = [empty('europe-west4', 'phase-3'), empty('europe-west1', 'phase-3')];
    const lines = regions.flatMap((cost) => cost.lines).filter(({ kind }) => kind === 'nodes' || kind === 'fees');
    expect(dollarText(lines.reduce((total, line) => total + line.microUsdPerMonth.maximum, 0n))).toBe('1,734.43');
  });

  test('each node boots from 50 GiB: 8 × 50 × 0.10 = 40.00', () => {
    expect(sum(empty('europe-west4', 'phase-1'), 'boot disks')).toBe('40.00');
  });

  test('phase 1: 400 GiB of store, 30 GiB of cache, 102 GiB of add-ons; two rules share 0.025 an hour', () => {
    const cost = costOf(objectsOf(platform, 'phase-1', 'europe-west4'), nodesOf('europe-west4', 'phase-1'), prices);
    expect(sum(cost, 'disks')).toBe('53.20');
    expect(sum(cost, 'fees')).toBe('73.00');
    // 0.025 × 730, and 0.008 × 500 GiB; 0.12 × 400 GiB out.
    expect(sum(cost, 'load balancers')).toBe('22.25');
    expect(sum(cost, 'traffic')).toBe('48.00');
    expect(dollarText(cost.total.maximum)).toBe('1,322.92');
    expect(cost.lines.filter(({ assumption }) => assumption !== undefined)).toHaveLength(2);
  });

  test('a sixth rule costs 0.01 an hour more: (0.025 + 0.01) × 730 = 25.55', () => {
    const doors = Array.from({ length: 6 }, (_, at) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `door-${at}`, namespace: 'shop' },
      spec: { type: 'LoadBalancer', ports: [{ port: 443 }] },
    }));
    const cost = costOf(doors, nodesOf('europe-west4', 'phase-1'), prices);
    expect(
      dollarText(cost.lines.find(({ text }) => text.startsWith('6 forwarding'))?.microUsdPerMonth.maximum ?? 0n),
    ).toBe('25.55');
  });
});

describe('whose share it is', () => {
  const box = (name: string): ReturnType<typeof node> =>
    node(name, '4', '16Gi', { machine: 'n2d-standard-4', region: 'europe-west4' });

  test('a pod with a quarter of the CPU and an eighth of the memory of its node pays a quarter', () => {
    const cost = costOf([deployment('a', 1, { cpu: '1', memory: '2Gi' })], nodesOnly(box('one')), prices);
    // 0.18604 × 730 / 4
    expect(dollarText(cost.workloads[0]?.microUsdPerMonth.maximum ?? 0n)).toBe('33.95');
    expect(dollarText(cost.shared.idle.maximum)).toBe('101.86');
  });

  test('shares, what is shared and what is idle add up to the total, to the millionth', () => {
    for (const phase of ['phase-1', 'phase-2'] as const) {
      const cost = costOf(objectsOf(platform, phase, 'europe-west4'), nodesOf('europe-west4', phase), prices);
      for (const scale of SCALES) {
        const { addons, idle, other } = cost.shared;
        const parts = cost.workloads.reduce((total, { microUsdPerMonth }) => total + microUsdPerMonth[scale], 0n);
        expect(parts + addons[scale] + idle[scale] + other[scale]).toBe(cost.total[scale]);
      }
    }
  });

  test('pods that ask for more than the nodes have never cost more than these', () => {
    const cost = costOf([deployment('a', 9, { cpu: '4' })], nodesOnly(box('one')), prices);
    expect(cost.workloads[0]?.microUsdPerMonth.maximum).toBe(186_040n * 730n);
  });

  test('done when: two more ML pods at the maximum add 2 × 1.1 of 3.92 cores of a node, and nothing to the fixed node bill', () => {
    const phase = 'phase-2';
    const objects = objectsOf(platform, phase, 'europe-west4');
    const raised = objects.map((object) => {
      if (object.kind !== 'ScaledObject' || object.metadata.name !== 'ml-inference-service') return object;
      return { ...object, spec: { ...(object.spec as object), maxReplicaCount: 8 } };
    });
    const [before, after] = [objects, raised].map((set) => costOf(set, nodesOf('europe-west4', phase), prices));
    const ml = (cost: Cost | undefined): bigint =>
      cost?.workloads.find(({ object }) => object.metadata.name === 'ml-inference-service')?.microUsdPerMonth.maximum ??
      0n;
    // 0.18604 × 730 × 2.2 / 3.92
    expect(dollarText(ml(after) - ml(before))).toBe('76.22');
    expect(after?.total).toEqual(before?.total);
  });
});

describe('spot saves on ML replica slots (platform design, section 4)', () => {
  const saving = (replicas: number, prefersSpot: boolean): unknown => {
    const cost = costOf([inference(replicas, prefersSpot)], nodesOf('europe-west4', 'phase-3'), prices);
    const { onSpot, basisPoints } = cost.saving?.workloads[0]?.slots.maximum ?? {};
    return [onSpot, ((basisPoints ?? 0) / 100).toFixed(1)];
  };

  test.each([
    // 1 - (0.18604 + 2 × 0.06512) / (3 × 0.18604)
    [3, false, [2, '43.3']],
    [4, true, [3, '48.7']],
    [5, true, [4, '52.0']],
    [6, false, [4, '43.3']],
    // Where nothing prefers spot, nobody promises that the fourth pod comes there: half of 65 %.
    [4, false, [2, '32.5']],
  ])('%i replicas, spot preferred: %s', (replicas, prefersSpot, expected) => {
    expect(saving(replicas, prefersSpot)).toEqual(expected);
  });

  test('on the whole node bill it is 1 - 909.93 / 1,086.47 = 16.24 %', () => {
    expect(costOf([], nodesOf('europe-west4', 'phase-3'), prices).saving?.nodeBasisPoints).toBe(1624);
  });

  test('without spot nodes there is nothing to report', () => {
    expect(costOf([inference(3)], nodesOf('europe-west4', 'phase-1'), prices).saving).toBeUndefined();
  });
});

describe('gates', () => {
  const at = (
    cluster: string,
    phase: PhaseId,
    objects: readonly KubeObject[] = [],
  ): Parameters<typeof gatesOf>[0][number] => ({
    cluster,
    phase,
    cost: costOf(objects, nodesOf(cluster, phase), prices),
  });
  const answers = (costs: Parameters<typeof gatesOf>[0], of: Prices = prices): string[] =>
    gatesOf(costs, of).map(({ answer }) => answer);

  test('all clusters in their highest phase stay below 2,500, and ML saves 40 %', () => {
    const costs = [
      at('europe-west4', 'phase-1'),
      at('europe-west4', 'phase-3', [inference(3)]),
      at('europe-west1', 'phase-3'),
      at('edge-1', 'phase-3'),
      at('local', 'phase-1'),
    ];
    expect(answers(costs)).toEqual(['kept', 'kept']);
    expect(gatesOf(costs, prices)[0]?.message).not.toContain('europe-west4 in phase-1');
  });

  test('a budget that is passed, a saving that is missed: no', () => {
    const small = { ...prices, gates: { ...prices.gates, usdPerMonth: { limit: 900, source: 'test' } } };
    expect(answers([at('europe-west4', 'phase-1')], small)).toEqual(['broken', 'none']);
    expect(answers([at('europe-west4', 'phase-3', [inference(4)])])).toEqual(['kept', 'broken']);
  });

  test('a sum that lacks something that is paid for proves nothing', () => {
    const without = { ...prices, nodes: {} };
    const cost = costOf([], nodesOf('europe-west4', 'phase-1'), without);
    expect(answers([{ cluster: 'europe-west4', phase: 'phase-1', cost }], without)[0]).toBe('unknown');
  });
});

describe('what is not priced is said', () => {
  test('the edge and a laptop are hardware of our own: no row is missing', () => {
    for (const [cluster, phase] of [
      ['edge-1', 'phase-3'],
      ['local', 'phase-1'],
    ] as const) {
      const { notPriced, total } = empty(cluster, phase);
      expect(notPriced.filter(({ missing }) => missing)).toEqual([]);
      expect(notPriced[0]?.what).toMatch(/edge-site|kind-node/);
      expect(total.maximum).toBe(0n);
    }
  });

  test('manifests without known nodes have no price at all', () => {
    const { total, notPriced } = costOf([deployment('a', 1, { cpu: '1' })], undefined, prices);
    expect(total.maximum).toBe(0n);
    expect(notPriced[0]).toMatchObject({ what: 'everything', missing: true });
  });

  test('C5: a GPU without a row, and with one for each replica; ephemeral storage lies on the boot disk', () => {
    const gpu = [deployment('a', 3, { 'nvidia.com/gpu': '1', 'ephemeral-storage': '1Gi' })];
    const nodes = nodesOf('europe-west4', 'phase-1');
    expect(costOf(gpu, nodes, prices).notPriced.filter(({ missing }) => missing)).toMatchObject([
      { what: 'nvidia.com/gpu of Deployment shop/a' },
    ]);
    const row = { usd: '0.35', unit: 'hour' as const, source: 'a test', date: '2026-01-01' };
    // 3 × 0.35 × 730
    expect(sum(costOf(gpu, nodes, { ...prices, devices: { 'nvidia.com/gpu': row } }), 'devices')).toBe('766.50');
  });

  test('C5: a CronJob pays for the part of the time that it runs: 2 pods, each night at most 7 of 24 hours', () => {
    const job = (more: object): KubeObject => ({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'batch', namespace: 'shop' },
      spec: {
        schedule: '0 22 * * *',
        ...more,
        jobTemplate: {
          spec: {
            parallelism: 2,
            activeDeadlineSeconds: 25_200,
            template: { spec: { containers: [{ name: 'x', resources: { requests: { cpu: '980m' } } }] } },
          },
        },
      },
    });
    const share = (more: object): string =>
      dollarText(
        costOf([job(more)], nodesOf('europe-west4', 'phase-1'), prices).workloads[0]?.microUsdPerMonth.expected ?? 0n,
      );
    // 0.18604 × 730 × 2 × 0.98 / 3.92 × 7 / 24
    expect(share({})).toBe('19.81');
    expect(share({ suspend: true })).toBe('0.00');
    // On weekdays: 261 of 365 days of 2026.
    expect(share({ schedule: '0 22 * * 1-5' })).toBe('14.16');
  });
});
