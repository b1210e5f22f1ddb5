import type { KubeObject } from '../../model/kube-object';
import { handMadeManagers, incompatibilities } from './incompatible';
import { strayFields } from './stray-fields';

const K = 'kubectl --context c -n aia';

function deployment(
  label: string,
  container: string,
  extra: object = {},
  managers: readonly object[] = [],
): KubeObject {
  const labels = { [label]: 'api' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api', namespace: 'aia', managedFields: managers },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: container }] } },
      ...extra,
    },
  };
}

const OURS = deployment('app.kubernetes.io/name', 'api');

const told = (wanted: KubeObject, live: KubeObject): { what: string; commands: readonly string[]; level: string }[] =>
  incompatibilities(wanted, live, K).map(({ what, commands, level }) => ({ what, commands, level }));

test('what fits has nothing to say', () => {
  expect(told(OURS, OURS)).toEqual([]);
});

test('another selector: pods are relabelled before their Deployment goes, and the pods stay', () => {
  expect(told(OURS, deployment('app', 'api'))).toEqual([
    {
      level: 'problem',
      what: "its selector is app=api and can't be changed; Git's is app.kubernetes.io/name=api",
      commands: [
        `${K} label replicasets,pods -l app=api app.kubernetes.io/name=api --overwrite`,
        `${K} delete deployment api --cascade=orphan`,
      ],
    },
  ]);
});

test('a container of another name would run beside ours', () => {
  const [found] = told(OURS, deployment('app.kubernetes.io/name', 'server'));
  expect(found).toMatchObject({ level: 'problem', commands: [`${K} delete deployment api --cascade=orphan`] });
  expect(found?.what).toContain('server are not in Git (api are)');
});

test('a rollout that somebody paused would never reach a pod', () => {
  expect(told(OURS, deployment('app.kubernetes.io/name', 'api', { paused: true }))[0]?.commands).toEqual([
    `${K} rollout resume deployment/api`,
  ]);
});

describe("the strategy's own commands leave managers behind", () => {
  /** As the API server writes them after `kubectl patch`, `rollout restart` and `scale`. */
  const managers = [
    { manager: 'kubectl-patch', operation: 'Update' },
    { manager: 'kubectl-rollout', operation: 'Update' },
    { manager: 'kubectl', operation: 'Update', subresource: 'scale' },
    { manager: 'kube-controller-manager', operation: 'Update', subresource: 'status' },
    { manager: 'kubectl-client-side-apply', operation: 'Update' },
    { manager: 'argocd-controller', operation: 'Apply' },
  ];
  const live = deployment('app.kubernetes.io/name', 'api', {}, managers);

  test('they are named; those of Kubernetes and Argo CD are not', () => {
    expect(handMadeManagers(live)).toEqual(['kubectl-patch', 'kubectl-rollout', 'kubectl']);
  });

  test('one command takes them off', () => {
    expect(told(OURS, live)).toMatchObject([
      {
        level: 'warning',
        commands: [`${K} patch deployment api --type=merge -p '{"metadata":{"managedFields":[{}]}}'`],
      },
    ]);
  });

  test('not where the object is made anew', () => {
    expect(told(OURS, deployment('app', 'api', {}, managers)).map(({ level }) => level)).toEqual(['problem']);
  });
});

describe('StatefulSets', () => {
  const set = (serviceName: string, storage: string, claim = 'data'): KubeObject => ({
    ...deployment('app.kubernetes.io/name', 'api', {
      serviceName,
      volumeClaimTemplates: [{ metadata: { name: claim }, spec: { resources: { requests: { storage } } } }],
    }),
    kind: 'StatefulSet',
  });

  test('service name and claim templates can not be changed; pods and claims stay', () => {
    const [name, size] = told(set('api-headless', '10Gi'), set('api', '5Gi'));
    expect(name?.what).toBe("its serviceName is api and can't be changed; Git's is api-headless");
    expect(size?.what).toBe("resources of its claim template data can't be changed");
    expect(size?.commands[0]).toBe(`${K} delete statefulset api --cascade=orphan`);
  });

  test('a claim template of another name would begin with empty volumes', () => {
    const [found] = told(set('api', '5Gi', 'disk'), set('api', '5Gi'));
    expect(found?.what).toContain('begin with empty volumes');
    expect(found?.commands[0]).toMatch(/^# move the data first/);
  });
});

describe('what can not be changed is made anew', () => {
  const service = (spec: object): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'api', namespace: 'aia' },
    spec,
  });
  const storage = (type: string): KubeObject => ({
    ...{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'disk' } },
    ...{ provisioner: 'p', parameters: { type } },
  });

  test('a headless Service stays headless, whatever is applied', () => {
    expect(told(service({}), service({ clusterIP: 'None' }))[0]?.commands[0]).toContain('delete service api');
    expect(told(service({}), service({ clusterIP: '10.0.0.1' }))).toEqual([]);
  });

  test('parameters of a StorageClass; the order of keys is no difference', () => {
    expect(told(storage('ssd'), storage('hdd'))[0]?.what).toBe("its parameters can't be changed");
    expect(told(storage('ssd'), storage('ssd'))).toEqual([]);
  });
});

test('fields that Git does not name are removed by one patch, from the back of each list', () => {
  const template = (annotations: object, env: readonly string[]): object => ({
    template: {
      metadata: { annotations },
      spec: { containers: [{ name: 'api', env: env.map((name) => ({ name })) }] },
    },
  });
  const live = deployment(
    'app',
    'api',
    template({ kept: '1', 'kubectl.kubernetes.io/restartedAt': 'x' }, ['A', 'DEBUG', 'B', 'TRACE']),
  );
  const found = strayFields(deployment('app', 'api', template({ kept: '1' }, ['A', 'B'])), live, K);
  expect(found?.fields).toEqual([
    'spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"]',
    'spec.template.spec.containers.0.env[name=DEBUG]',
    'spec.template.spec.containers.0.env[name=TRACE]',
  ]);
  const patch = JSON.parse(/-p '(.*)'$/.exec(found?.command ?? '')?.[1] ?? '') as { path: string }[];
  expect(patch.map(({ path }) => path)).toEqual([
    '/spec/template/spec/containers/0/env/3',
    '/spec/template/spec/containers/0/env/1',
    '/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt',
  ]);
});
