import { KubeConfig } from '@kubernetes/client-node';
import { KubeStub } from '../../testing/kube-stub';
import { liveDeployment } from '../../testing/live-objects';
import { LiveCluster } from './live-cluster';

let stub: KubeStub;
beforeEach(async () => {
  stub = await KubeStub.start();
});
afterEach(() => stub.stop());

test('reads objects, lists of one namespace and of all, and says what it does not serve', async () => {
  stub.put(liveDeployment('api', 3), { ...liveDeployment('other', 1), metadata: { name: 'other', namespace: 'else' } });
  const live = stub.connect();
  expect(await live.find('apps/v1', 'Deployment', 'api', 'aia')).toMatchObject({
    kind: 'Deployment',
    spec: { replicas: 3 },
  });
  expect(await live.find('apps/v1', 'Deployment', 'none', 'aia')).toBeUndefined();
  expect((await live.list('apps/v1', 'Deployment', 'aia')).map(({ metadata }) => metadata.name)).toEqual(['api']);
  expect(await live.list('apps/v1', 'Deployment')).toHaveLength(2);
  expect(await live.serves('keda.sh/v1alpha1', 'ScaledObject')).toBe(false);
  expect(await live.list('keda.sh/v1alpha1', 'ScaledObject', 'aia')).toEqual([]);
});

test('an API server that is away for a moment is asked again; who told it once is enough', async () => {
  stub.put(liveDeployment('api', 3));
  stub.failures = { status: 503, times: 2 };
  expect(await stub.connect(10).find('apps/v1', 'Deployment', 'api', 'aia')).toBeDefined();
});

test.each([401, 403])('one that has just come back is asked again where it says %i', async (status) => {
  stub.put(liveDeployment('api', 3));
  stub.failures = { status: 503, times: 1 };
  const live = stub.connect(10, () => {
    stub.failures = { status, times: 2 };
  });
  expect(await live.find('apps/v1', 'Deployment', 'api', 'aia')).toBeDefined();
});

test.each([
  [401, /does not know you[^]*Fix: log in again/],
  [403, /does not allow[^]*aia preflight lists the rights/],
])('HTTP %i is told with what to do, and without the token', async (status, said) => {
  stub.failures = { status, times: 9 };
  const error = await stub
    .connect(10)
    .list('v1', 'Pod', 'aia')
    .catch((thrown: unknown) => thrown as Error);
  expect((error as Error).message).toMatch(said);
  expect(String((error as Error).stack)).not.toContain('a-secret-token');
});

test('only two patches exist: the refresh annotation, and the end of an operation', async () => {
  stub.serve('argoproj.io/v1alpha1', 'Application', 'applications');
  const application = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'aia-root', namespace: 'argocd' },
  };
  const live = stub.put(application).connect();
  await live.refresh('argocd', 'aia-root');
  await live.terminate('argocd', 'aia-root');
  const [refresh, terminate] = stub.calls.filter(({ method }) => method === 'PATCH');
  expect(refresh?.body).toMatchObject({ metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } });
  // docs/argocd.md, "When a sync is stuck"; verified on both test clusters.
  expect(terminate?.body).toMatchObject({ operation: null, status: { operationState: { phase: 'Terminating' } } });
});

test('a context that is not there is told, with those that are', () => {
  const config = new KubeConfig();
  config.loadFromClusterAndUser({ name: 'c', server: 'http://127.0.0.1:1', skipTLSVerify: false }, { name: 'u' });
  expect(() => LiveCluster.connect('west', { seconds: 0 }, config)).toThrow(
    /no context "west"[^]*one of loaded-context/,
  );
  expect(() => LiveCluster.connect(undefined, { seconds: 0 }, new KubeConfig())).toThrow(/no current context/);
});
