import type { KubeObject } from '../model/kube-object';
import type { Pool } from '../model/platform/cluster';
import { atPhase } from '../model/platform/phase';
import { platform } from '../platform/platform';
import { alignedTable, field, findObject, objectsOf, podSpecs } from '../testing/rendered';

const objects = objectsOf(platform, 'phase-3', 'europe-west4');
const pools = atPhase(platform.clusters['europe-west4']?.pools ?? {}, 'phase-3') ?? [];
const spotPools = pools.filter(({ capacity }) => capacity === 'spot');

interface PodSpec {
  readonly terminationGracePeriodSeconds: number;
  readonly tolerations?: { readonly key: string; readonly value?: string; readonly effect?: string }[];
  readonly topologySpreadConstraints: { readonly topologyKey: string; readonly whenUnsatisfiable: string }[];
  readonly affinity: unknown;
}

function podOf(object: KubeObject): PodSpec {
  return (field(object, 'spec', 'template', 'spec') ??
    field(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec')) as PodSpec;
}

/** As the scheduler sees it: the required node affinity lets the pod in, and every taint is tolerated. */
function mayRunOn({ affinity, tolerations = [] }: PodSpec, pool: Pool): boolean {
  const expressions = field(
    affinity,
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
    0,
    'matchExpressions',
  ) as { key: string; operator: string; values: string[] }[];
  const labels: Record<string, string> = {
    'aia.io/pool': pool.label,
    'topology.kubernetes.io/region': 'europe-west4',
  };
  return (
    expressions.every(({ key, values }) => values.includes(labels[key] ?? '')) &&
    pool.taints.every(({ key, value, effect }) =>
      tolerations.some((entry) => entry.key === key && entry.value === value && entry.effect === effect),
    )
  );
}

const owners = objects.filter(({ kind }) => ['Deployment', 'StatefulSet', 'CronJob'].includes(kind));

/** Which nodes a workload may use, and what the seed's saving rests on: how many of its pods are on spot nodes. */
test('spot nodes in phase-3 on europe-west4', () => {
  const rows = owners
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    .map((object) => {
      const pod = podOf(object);
      const queue = field(object, 'spec', 'jobTemplate', 'metadata', 'labels', 'kueue.x-k8s.io/queue-name');
      const spread = pod.topologySpreadConstraints.some(({ topologyKey }) => topologyKey === 'aia.io/capacity-spread');
      return [
        object.metadata.name,
        [...new Set(pools.filter((pool) => mayRunOn(pod, pool)).map(({ label }) => label))].join(', '),
        spotPools.some((pool) => mayRunOn(pod, pool)) ? 'yes' : 'never',
        spread ? '1 on-demand : 2 spot' : '-',
        `${pod.terminationGracePeriodSeconds} s`,
        (queue as string | undefined) ?? '-',
      ];
    });
  const head = ['workload', 'nodes', 'spot', 'share', 'grace', 'queue'];
  expect(`\n${alignedTable([head, ...rows])}\n`).toMatchSnapshot();
});

test('ML inference and ML batch may run on spot nodes, and nothing else can', () => {
  const onSpot = owners.filter((object) => spotPools.some((pool) => mayRunOn(podOf(object), pool)));
  expect(onSpot.map(({ metadata }) => metadata.name).sort()).toEqual(['ml-batch', 'ml-inference-service']);
});

test('what may run there stops within the 15 s that a reclaimed node gives', () => {
  for (const name of ['ml-batch', 'ml-inference-service']) {
    const owner = owners.find(({ metadata }) => metadata.name === name);
    if (owner === undefined) throw new Error(`no ${name}`);
    expect(podOf(owner).terminationGracePeriodSeconds).toBeLessThanOrEqual(15);
  }
});

test('of three ML replicas one is on-demand and two are on spot: each is a domain of its own', () => {
  // maxSkew 1 over the domains 1 (on-demand), 2 and 3 (the two spot pools) is 1 : 1 : 1.
  const eligible = pools.filter((pool) =>
    mayRunOn(podOf(findObject(objects, 'Deployment', 'ml-inference-service')), pool),
  );
  expect([...new Set(eligible.map(({ capacitySpread, capacity }) => `${capacitySpread} ${capacity}`))].sort()).toEqual([
    '1 on-demand',
    '2 spot',
    '3 spot',
  ]);
  expect(podOf(findObject(objects, 'Deployment', 'ml-inference-service')).topologySpreadConstraints).toContainEqual({
    maxSkew: 1,
    topologyKey: 'aia.io/capacity-spread',
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'ml-inference-service' } },
  });
});

test('data never lies on a spot node: nothing that may run there has a claim', () => {
  for (const { kind, metadata } of objects.filter((object) => object.kind === 'StatefulSet')) {
    const pod = podOf(findObject(objects, kind, metadata.name));
    expect(spotPools.some((pool) => mayRunOn(pod, pool))).toBe(false);
  }
});

test('phases 1 and 2 have no spot nodes and tolerate none', () => {
  for (const phase of ['phase-1', 'phase-2'] as const) {
    for (const { spec } of podSpecs(objectsOf(platform, phase, 'europe-west4')))
      expect(spec.tolerations).toBeUndefined();
  }
});

describe('batch', () => {
  test('waits in a queue whose quota is what its two pods request, proxies included', () => {
    // 2 x (1000m + 100m) and 2 x (2Gi + 128Mi).
    expect(field(findObject(objects, 'ClusterQueue', 'aia-batch'), 'spec', 'resourceGroups')).toEqual([
      {
        coveredResources: ['cpu', 'memory'],
        flavors: [
          {
            name: 'ml-spot',
            resources: [
              { name: 'cpu', nominalQuota: '2200m' },
              { name: 'memory', nominalQuota: '4352Mi' },
            ],
          },
        ],
      },
    ]);
    expect(field(findObject(objects, 'LocalQueue', 'batch'), 'spec')).toEqual({ clusterQueue: 'aia-batch' });
    expect(field(findObject(objects, 'ResourceFlavor', 'ml-spot'), 'spec')).toEqual({
      nodeLabels: { 'aia.io/pool': 'ml-spot' },
      nodeTaints: [{ key: 'cloud.google.com/gke-spot', value: 'true', effect: 'NoSchedule' }],
      tolerations: [{ key: 'cloud.google.com/gke-spot', operator: 'Equal', value: 'true', effect: 'NoSchedule' }],
    });
  });

  test('the label is on the job, not on the CronJob, which is not suspended', () => {
    const cronJob = findObject(objects, 'CronJob', 'ml-batch');
    expect(field(cronJob, 'spec', 'jobTemplate', 'metadata', 'labels', 'kueue.x-k8s.io/queue-name')).toBe('batch');
    expect(cronJob.metadata.labels).not.toHaveProperty('kueue.x-k8s.io/queue-name');
    expect(field(cronJob, 'spec', 'suspend')).toBe(false);
  });

  test("Kueue's API is the one that the cluster's release serves", () => {
    const version = (k8sMinor: number | undefined): string => {
      const west4 = { ...platform.clusters['europe-west4'], ...(k8sMinor === undefined ? {} : { k8sMinor }) };
      const changed = { ...platform, clusters: { ...platform.clusters, 'europe-west4': west4 } } as typeof platform;
      return findObject(objectsOf(changed, 'phase-3', 'europe-west4'), 'ClusterQueue', 'aia-batch').apiVersion;
    };
    expect(version(28)).toBe('kueue.x-k8s.io/v1beta1');
    expect(version(undefined)).toBe('kueue.x-k8s.io/v1beta2');
  });

  test('a cluster without spot nodes has no queue, and its jobs start at once', () => {
    const local = objectsOf(platform, 'phase-3', 'local');
    expect(local.filter(({ apiVersion }) => apiVersion.startsWith('kueue'))).toEqual([]);
    expect(JSON.stringify(findObject(local, 'CronJob', 'ml-batch'))).not.toContain('kueue');
  });
});
