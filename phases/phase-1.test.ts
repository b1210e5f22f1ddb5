import { parseQuantity, type Quantity } from '../model/quantity';
import { platform } from '../platform/platform';
import { field, findObject, objectsOf, podSpecs } from '../testing/rendered';

const objects = objectsOf(platform, 'phase-1', 'europe-west4');
const local = objectsOf(platform, 'phase-1', 'local');

/** A container's resources by value: the seed's `1000m` and the API server's `1` are one amount. */
function resources(kind: string, workload: string, container: string): Record<string, bigint> {
  const containers = field(findObject(objects, kind, workload), 'spec', 'template', 'spec', 'containers') as {
    name: string;
  }[];
  const found = containers.find(({ name }) => name === container);
  const value = (list: string, resource: string): bigint =>
    parseQuantity(field(found, 'resources', list, resource) as string).nanos;
  return {
    requestsCpu: value('requests', 'cpu'),
    requestsMemory: value('requests', 'memory'),
    limitsCpu: value('limits', 'cpu'),
    limitsMemory: value('limits', 'memory'),
  };
}

const amount = (text: string): Quantity['nanos'] => parseQuantity(text).nanos;

describe("the seed's phase 1, action by action", () => {
  test('ML inference: requests 1000m and 2Gi, limits 2000m and 4Gi, in the container ml-inference', () => {
    expect(resources('Deployment', 'ml-inference-service', 'ml-inference')).toEqual({
      requestsCpu: amount('1000m'),
      requestsMemory: amount('2Gi'),
      limitsCpu: amount('2000m'),
      limitsMemory: amount('4Gi'),
    });
  });

  test('the biometric processor always pulls its image', () => {
    const containers = field(
      findObject(objects, 'Deployment', 'biometric-processor'),
      'spec',
      'template',
      'spec',
      'containers',
    );
    expect(containers).toEqual([expect.objectContaining({ name: 'biometric-processor', imagePullPolicy: 'Always' })]);
  });

  test('the biometric processor is restarted once: its pods carry a constant annotation', () => {
    const template = field(findObject(objects, 'Deployment', 'biometric-processor'), 'spec', 'template');
    expect(field(template, 'metadata', 'annotations', 'aia.io/restarted-for')).toBe('phase-1');
  });

  test('the cognitive processor has 2 replicas, the API 3', () => {
    expect(field(findObject(objects, 'Deployment', 'cognitive-processor'), 'spec', 'replicas')).toBe(2);
    expect(field(findObject(objects, 'Deployment', 'api'), 'spec', 'replicas')).toBe(3);
  });
});

test('every workload of the platform design, section 6, is there', () => {
  const owners = podSpecs(objects).map(({ owner }) => owner);
  expect(owners).toEqual(
    expect.arrayContaining([
      'CronJob ml-batch',
      'Deployment api',
      'Deployment biometric-processor',
      'Deployment cognitive-processor',
      'Deployment ml-inference-service',
      'Deployment neuro-interface',
      'Deployment ws-gateway',
      'StatefulSet cognitive-cache',
      'StatefulSet neural-store',
    ]),
  );
});

test.each([
  ['Deployment', 'api', 'http', 8080],
  ['Deployment', 'neuro-interface', 'http', 3000],
  ['Deployment', 'ws-gateway', 'http-ws', 8081],
  ['Deployment', 'cognitive-processor', 'grpc', 9000],
  ['Deployment', 'ml-inference-service', 'http', 8500],
  ['Deployment', 'biometric-processor', 'grpc', 9100],
  ['StatefulSet', 'cognitive-cache', 'tcp-redis', 6379],
  ['StatefulSet', 'neural-store', 'tcp-postgres', 5432],
])('%s %s listens on %s %i, and its Service says the same', (kind, name, port, number) => {
  const container = field(findObject(objects, kind, name), 'spec', 'template', 'spec', 'containers', 0);
  expect(field(container, 'ports')).toEqual([{ name: port, containerPort: number, protocol: 'TCP' }]);
  const service = findObject(objects, 'Service', name);
  expect(field(service, 'spec', 'ports')).toEqual([
    expect.objectContaining({ name: port, port: number, targetPort: port }),
  ]);
});

test('disks are encrypted with a customer-managed key from phase 1 on, since neither class nor claims can change later', () => {
  const storage = findObject(objects, 'StorageClass', 'aia-encrypted');
  expect(field(storage, 'parameters', 'disk-encryption-kms-key')).toMatch(/^projects\/.+\/cryptoKeys\/.+/);
  expect(storage).toMatchObject({
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  });
  for (const name of ['cognitive-cache', 'neural-store']) {
    const claims = field(findObject(objects, 'StatefulSet', name), 'spec', 'volumeClaimTemplates') as unknown[];
    for (const claim of claims) {
      expect(claim).toMatchObject({
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { labels: { 'aia.io/data-class': 'special' } },
        spec: { storageClassName: 'aia-encrypted', volumeMode: 'Filesystem' },
      });
    }
  }
});

test('what must survive a demotion is neither pruned nor called out of sync', () => {
  const kept = objects.filter(({ kind }) => ['Namespace', 'PriorityClass', 'StorageClass'].includes(kind));
  expect(kept).toHaveLength(6);
  for (const { metadata } of kept) {
    expect(metadata.annotations).toMatchObject({
      'argocd.argoproj.io/sync-options': 'Prune=false',
      'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
    });
  }
});

test("the front door is the cloud's Ingress, and a WebSocket may last an hour", () => {
  const ingress = findObject(objects, 'Ingress', 'front-door');
  expect(ingress.metadata.annotations).toMatchObject({ 'kubernetes.io/ingress.class': 'gce' });
  const paths = field(ingress, 'spec', 'rules', 0, 'http', 'paths') as {
    path: string;
    backend: { service: { name: string } };
  }[];
  expect(paths.map(({ path, backend }) => [path, backend.service.name])).toEqual([
    ['/api', 'api'],
    ['/ws', 'ws-gateway'],
    ['/', 'neuro-interface'],
  ]);
  expect(field(findObject(objects, 'BackendConfig', 'ws-gateway'), 'spec', 'timeoutSec')).toBe(3600);
});

test('writes reach only the primary of the neural store, reads any of its pods', () => {
  expect(field(findObject(objects, 'Service', 'neural-store'), 'spec', 'selector')).toEqual({
    'app.kubernetes.io/name': 'neural-store',
    'statefulset.kubernetes.io/pod-name': 'neural-store-0',
  });
  expect(field(findObject(objects, 'Service', 'neural-store-read'), 'spec', 'selector')).toEqual({
    'app.kubernetes.io/name': 'neural-store',
  });
});

test('the namespace names its cluster, limits its pods and warns of pods that are not restricted', () => {
  expect(findObject(objects, 'Namespace', 'aia').metadata.labels).toMatchObject({
    'aia.io/cluster': 'europe-west4',
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
  });
  expect(findObject(objects, 'ResourceQuota', 'aia')).toBeDefined();
  expect(findObject(objects, 'LimitRange', 'aia')).toBeDefined();
});

test('on a laptop there is one of everything, no front door, no budget that would block a drain', () => {
  for (const object of local.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')) {
    expect(field(object, 'spec', 'replicas')).toBe(1);
  }
  const kinds = new Set(local.map(({ kind }) => kind));
  expect(kinds.has('Ingress')).toBe(false);
  expect(kinds.has('PodDisruptionBudget')).toBe(false);
});

test('addresses are given to declared callers only', () => {
  expect(field(findObject(objects, 'ConfigMap', 'cognitive-processor'), 'data')).toEqual({
    COGNITIVE_CACHE_ADDRESS: 'cognitive-cache.aia.svc.cluster.local:6379',
    ML_INFERENCE_SERVICE_ADDRESS: 'ml-inference-service.aia.svc.cluster.local:8500',
    NEURAL_STORE_ADDRESS: 'neural-store.aia.svc.cluster.local:5432',
    NEURAL_STORE_READ_ADDRESS: 'neural-store-read.aia.svc.cluster.local:5432',
  });
});
