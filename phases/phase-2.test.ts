import { atPhase } from '../model/platform/phase';
import { parseQuantity } from '../model/quantity';
import { platform } from '../platform/platform';
import { field, findObject, objectsOf, podSpecs } from '../testing/rendered';

const objects = objectsOf(platform, 'phase-2', 'europe-west4');
const before = objectsOf(platform, 'phase-1', 'europe-west4');
const served = [
  'api',
  'biometric-processor',
  'cognitive-processor',
  'ml-inference-service',
  'neuro-interface',
  'ws-gateway',
];

/** Bounds and CPU target of the platform design, section 6. */
test.each([
  ['HorizontalPodAutoscaler', 'api', 3, 5, 60],
  ['HorizontalPodAutoscaler', 'neuro-interface', 2, 3, 65],
  ['HorizontalPodAutoscaler', 'cognitive-processor', 2, 3, 65],
  ['HorizontalPodAutoscaler', 'biometric-processor', 2, 3, 65],
])('%s %s: %i to %i replicas at %i %% CPU of its own container', (kind, name, min, max, percent) => {
  expect(findObject(objects, kind, name).spec).toMatchObject({
    minReplicas: min,
    maxReplicas: max,
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    metrics: [
      {
        type: 'ContainerResource',
        containerResource: {
          name: 'cpu',
          container: name,
          target: { type: 'Utilization', averageUtilization: percent },
        },
      },
    ],
  });
});

test('ML scales on CPU, queue depth and a floor of 4 through the peak, and runs 4 where the queue can not be read', () => {
  expect(findObject(objects, 'ScaledObject', 'ml-inference-service').spec).toMatchObject({
    minReplicaCount: 3,
    maxReplicaCount: 6,
    fallback: { replicas: 4 },
    advanced: {
      horizontalPodAutoscalerConfig: {
        name: 'ml-inference-service',
        behavior: {
          scaleUp: {
            selectPolicy: 'Max',
            policies: [
              { type: 'Pods', value: 2, periodSeconds: 30 },
              { type: 'Percent', value: 100, periodSeconds: 30 },
            ],
          },
          scaleDown: { stabilizationWindowSeconds: 600, policies: [{ type: 'Pods', value: 1, periodSeconds: 180 }] },
        },
      },
    },
    triggers: [
      { type: 'cpu', metadata: { containerName: 'ml-inference', value: '65' } },
      { type: 'prometheus', metadata: { query: expect.stringContaining('queue') as string } },
      {
        type: 'cron',
        metadata: { timezone: 'Europe/Amsterdam', start: '0 7 * * 1-5', end: '0 20 * * 1-5', desiredReplicas: '4' },
      },
    ],
  });
});

test('the WebSocket gateway scales on CPU and connections', () => {
  expect(findObject(objects, 'ScaledObject', 'ws-gateway').spec).toMatchObject({
    minReplicaCount: 2,
    maxReplicaCount: 3,
    triggers: [
      { type: 'cpu', metadata: { containerName: 'ws-gateway', value: '60' } },
      { type: 'prometheus', metadata: { query: expect.stringContaining('connections') as string } },
    ],
  });
});

test('each workload has one autoscaler at most, named for it, and keeps its minimum in Git', () => {
  const scalers = objects.filter(({ kind }) => kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject');
  expect(scalers.map(({ metadata }) => metadata.name).sort()).toEqual(served);
  for (const scaler of scalers) {
    const minimum = field(scaler, 'spec', 'minReplicas') ?? field(scaler, 'spec', 'minReplicaCount');
    expect(field(findObject(objects, 'Deployment', scaler.metadata.name), 'spec', 'replicas')).toBe(minimum);
  }
});

describe('vertical scaling', () => {
  test.each(['cognitive-processor', 'biometric-processor'])(
    'sets the memory request of new %s pods, never CPU or limits',
    (name) => {
      const { updatePolicy, resourcePolicy } = findObject(objects, 'VerticalPodAutoscaler', name).spec as Record<
        string,
        unknown
      >;
      expect(updatePolicy).toEqual({ updateMode: 'Initial' });
      const [own, others] = field(resourcePolicy, 'containerPolicies') as Record<string, unknown>[];
      expect(own).toMatchObject({
        containerName: name,
        controlledResources: ['memory'],
        controlledValues: 'RequestsOnly',
      });
      expect(others).toEqual({ containerName: '*', mode: 'Off' });
      const limit = field(
        findObject(objects, 'Deployment', name),
        'spec',
        'template',
        'spec',
        'containers',
        0,
        'resources',
        'limits',
        'memory',
      );
      const most = parseQuantity(field(own, 'maxAllowed', 'memory') as string).nanos;
      expect(most * 10n).toBeLessThanOrEqual(parseQuantity(limit as string).nanos * 9n);
    },
  );

  test('only recommends for all others, ML inference among them', () => {
    const off = objects.filter(
      (object) =>
        object.kind === 'VerticalPodAutoscaler' && field(object, 'spec', 'updatePolicy', 'updateMode') === 'Off',
    );
    expect(off.map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining([
        'api',
        'cognitive-cache',
        'ml-inference-service',
        'neural-store',
        'neuro-interface',
        'ws-gateway',
      ]),
    );
  });
});

test('the cognitive processor may run in cognitive and core, cognitive first, spread over nodes and zones', () => {
  const spec = field(findObject(objects, 'Deployment', 'cognitive-processor'), 'spec', 'template', 'spec');
  expect(field(spec, 'affinity', 'nodeAffinity')).toEqual({
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [
        { matchExpressions: [{ key: 'aia.io/pool', operator: 'In', values: ['cognitive', 'core'] }] },
      ],
    },
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        preference: { matchExpressions: [{ key: 'aia.io/pool', operator: 'In', values: ['cognitive'] }] },
      },
    ],
  });
  const keys = (field(spec, 'topologySpreadConstraints') as { topologyKey: string }[]).map(
    ({ topologyKey }) => topologyKey,
  );
  expect(keys).toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']);
});

test('batch runs at night, outside the peak', () => {
  const [minute, hour] = (field(findObject(objects, 'CronJob', 'ml-batch'), 'spec', 'schedule') as string)
    .split(' ')
    .map(Number);
  expect(minute).toBe(0);
  expect(hour).toBeGreaterThanOrEqual(platform.schedule.peak.endHour);
  expect(platform.schedule).toMatchObject({
    timeZone: 'Europe/Amsterdam',
    peak: { weekdays: '1-5', startHour: 7, endHour: 20 },
    promotion: 'off-peak',
  });
});

describe('the step from phase 1', () => {
  test('drops no object and changes no selector, claim, Service name or label', () => {
    // The policy layer was empty in phase 1; what kept its place goes.
    for (const object of before.filter(({ metadata }) => metadata.name !== 'aia-policy')) {
      const after = findObject(objects, object.kind, object.metadata.name);
      expect(after.metadata).toMatchObject(object.metadata);
      for (const immutable of ['selector', 'volumeClaimTemplates', 'serviceName', 'podManagementPolicy']) {
        expect(field(after, 'spec', immutable)).toEqual(field(object, 'spec', immutable));
      }
    }
  });

  test('gives the pods of ML inference, the cache and the batch a proxy and nothing else', () => {
    const same = podSpecs(before).filter(
      ({ owner, spec }) =>
        JSON.stringify(spec) === JSON.stringify(podSpecs(objects).find((entry) => entry.owner === owner)?.spec),
    );
    expect(same.map(({ owner }) => owner)).toEqual(
      expect.arrayContaining(['CronJob ml-batch', 'Deployment ml-inference-service', 'StatefulSet cognitive-cache']),
    );
  });

  test("leaves the seed's figures of ML inference as they are", () => {
    const resources = platform.workloads['ml-inference-service']?.containers[0]?.resources;
    expect(resources && atPhase(resources, 'phase-2')).toEqual(resources && atPhase(resources, 'phase-1'));
  });
});

test('a laptop scales nothing: it has neither the room nor the add-ons', () => {
  const kinds = new Set(objectsOf(platform, 'phase-2', 'local').map(({ kind }) => kind));
  for (const kind of ['HorizontalPodAutoscaler', 'ScaledObject', 'VerticalPodAutoscaler'])
    expect(kinds.has(kind)).toBe(false);
});
