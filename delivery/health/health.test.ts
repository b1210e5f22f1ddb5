import { LuaFactory } from 'wasmoon';
import { HEALTH_CHECKS } from '.';

interface Health {
  readonly status: string;
  readonly message: string;
}

/** Runs a check as Argo CD does: the object is the global `obj`, the chunk returns status and message. */
async function healthOf(kind: string, object: unknown): Promise<Health> {
  const lua = HEALTH_CHECKS[kind];
  if (lua === undefined) throw new Error(`no health check for ${kind}`);
  const engine = await new LuaFactory().createEngine({ enableProxy: false, openStandardLibs: true });
  try {
    // Argo CD opens the base and table libraries only.
    engine.doStringSync('string, io, os, math, utf8, debug, coroutine = nil');
    engine.global.set('obj', JSON.parse(JSON.stringify(object)));
    return (await engine.doString(lua)) as Health;
  } finally {
    engine.global.close();
  }
}

describe('argoproj.io_Application', () => {
  const source = {
    repoURL: 'https://git.example.com/aia.git',
    targetRevision: 'main',
    path: 'dist/phase-2/europe-west4/workloads',
  };
  const before = { ...source, path: 'dist/phase-1/europe-west4/workloads' };
  const synced = {
    sync: { status: 'Synced', revision: 'b', comparedTo: { source } },
    health: { status: 'Healthy' },
    operationState: { phase: 'Succeeded', syncResult: { revision: 'b', source } },
  };
  const check = (status: unknown, spec: unknown = { source }): Promise<Health> =>
    healthOf('argoproj.io_Application', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', spec, status });

  test.each([
    ['the application is synced and healthy', synced],
    ['it was never synced by an operation', { sync: synced.sync, health: { status: 'Healthy' } }],
    [
      'Argo CD has added an empty field to what it compared',
      { ...synced, sync: { ...synced.sync, comparedTo: { source: { ...source, directory: { jsonnet: {} } } } } },
    ],
  ])('Healthy: %s', async (_, status) => {
    expect(await check(status)).toMatchObject({ status: 'Healthy' });
  });

  test.each([
    ['it was just created', undefined],
    ['its status is of the old path', { ...synced, sync: { ...synced.sync, comparedTo: { source: before } } }],
    ['it is out of sync', { ...synced, sync: { ...synced.sync, status: 'OutOfSync' } }],
    ['Argo CD can not compare it', { ...synced, sync: { ...synced.sync, status: 'Unknown' } }],
    ['an operation runs', { ...synced, operationState: { phase: 'Running' } }],
    ['its pods start', { ...synced, health: { status: 'Progressing' } }],
    ['its objects are missing', { ...synced, health: { status: 'Missing' } }],
    [
      'a sync of an older revision has failed, and the fix is not synced yet',
      {
        ...synced,
        sync: { ...synced.sync, status: 'OutOfSync' },
        operationState: { phase: 'Failed', syncResult: { revision: 'a', source } },
      },
    ],
    [
      'a sync of the path before the way back has failed',
      {
        ...synced,
        sync: { ...synced.sync, status: 'OutOfSync' },
        operationState: { phase: 'Failed', syncResult: { revision: 'b', source: before } },
      },
    ],
  ])('Progressing: %s', async (_, status) => {
    expect(await check(status)).toMatchObject({ status: 'Progressing' });
  });

  test.each([
    ['its objects are degraded', { ...synced, health: { status: 'Degraded', message: 'no image' } }, 'no image'],
    [
      'the sync of this very revision has failed',
      {
        ...synced,
        sync: { ...synced.sync, status: 'OutOfSync' },
        operationState: { phase: 'Failed', message: 'field is immutable', syncResult: { revision: 'b', source } },
      },
      'field is immutable',
    ],
  ])('Degraded: %s', async (_, status, message) => {
    expect(await check(status)).toEqual({ status: 'Degraded', message });
  });

  test('a chart with other values is Progressing until they are compared', async () => {
    const chart = (size: string): object => ({
      repoURL: 'https://charts.example.com',
      chart: 'store',
      targetRevision: '1.2.3',
      helm: { releaseName: 'store', valuesObject: { disk: { size }, nodes: ['a', 'b'] } },
    });
    const status = (size: string): object => ({
      ...synced,
      sync: { status: 'Synced', revision: '1.2.3', comparedTo: { source: chart(size) } },
    });
    expect(await check(status('2Gi'), { source: chart('2Gi') })).toMatchObject({ status: 'Healthy' });
    expect(await check(status('1Gi'), { source: chart('2Gi') })).toMatchObject({ status: 'Progressing' });
  });

  test('Suspended is passed on', async () => {
    expect(await check({ ...synced, health: { status: 'Suspended' } })).toMatchObject({ status: 'Suspended' });
  });
});

describe('autoscaling.k8s.io_VerticalPodAutoscaler', () => {
  const check = (...conditions: object[]): Promise<Health> =>
    healthOf('autoscaling.k8s.io_VerticalPodAutoscaler', { spec: {}, status: { conditions } });

  test('Healthy, and says so, while there is no recommendation yet', async () => {
    const healthy = { status: 'Healthy', message: 'no recommendation yet' };
    expect(await healthOf('autoscaling.k8s.io_VerticalPodAutoscaler', { spec: {} })).toEqual(healthy);
    expect(await check({ type: 'RecommendationProvided', status: 'False' })).toEqual(healthy);
  });

  test('Healthy with a recommendation', async () => {
    expect(await check({ type: 'RecommendationProvided', status: 'True' })).toEqual({
      status: 'Healthy',
      message: 'has a recommendation',
    });
  });

  test.each(['ConfigUnsupported', 'NoPodsMatched'])('Degraded: %s', async (type) => {
    const told = { type, status: 'True', message: 'why it is so' };
    expect(await check({ type: 'RecommendationProvided', status: 'True' }, told)).toEqual({
      status: 'Degraded',
      message: 'why it is so',
    });
    expect(await check({ ...told, status: 'False' })).toMatchObject({ status: 'Healthy' });
  });
});

describe.each(['kueue.x-k8s.io_ClusterQueue', 'kueue.x-k8s.io_LocalQueue'])('%s', (kind) => {
  const check = (condition: object | undefined, spec = {}): Promise<Health> =>
    healthOf(kind, {
      metadata: { name: 'batch', generation: 2 },
      spec,
      ...(condition === undefined ? {} : { status: { conditions: [{ type: 'Other', status: 'True' }, condition] } }),
    });

  test('Healthy while it is active', async () => {
    expect(await check({ type: 'Active', status: 'True', message: 'Can admit' })).toEqual({
      status: 'Healthy',
      message: 'Can admit',
    });
  });

  test('Progressing until Kueue has looked at it, and at its last change', async () => {
    expect(await check(undefined)).toMatchObject({ status: 'Progressing' });
    expect(await check({ type: 'Active', status: 'False', observedGeneration: 1 })).toMatchObject({
      status: 'Progressing',
    });
  });

  test('Degraded while it is not active, with the reason', async () => {
    expect(await check({ type: 'Active', status: 'False', observedGeneration: 2, reason: 'FlavorNotFound' })).toEqual({
      status: 'Degraded',
      message: 'FlavorNotFound',
    });
  });

  test('Suspended while somebody holds it', async () => {
    expect(await check({ type: 'Active', status: 'False' }, { stopPolicy: 'Hold' })).toMatchObject({
      status: 'Suspended',
    });
  });
});

test('keys are <group>_<Kind>, as argocd-cm spells them, each in a file of its name', () => {
  expect(Object.keys(HEALTH_CHECKS)).toEqual([
    'argoproj.io_Application',
    'autoscaling.k8s.io_VerticalPodAutoscaler',
    'kueue.x-k8s.io_ClusterQueue',
    'kueue.x-k8s.io_LocalQueue',
  ]);
});
