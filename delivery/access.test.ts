import { platform } from '../platform/platform';
import { delivered } from '../testing/delivered';
import { field } from '../testing/rendered';

const access = [...delivered(platform, 'europe-west4')].filter(([file]) => file.startsWith('bootstrap/access/'));

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

const rules = access.flatMap(([, object]) => (field(object, 'rules') ?? []) as Rule[]);

test('the account of aia rollout is its own, with a role everywhere, in Argo CD and among the workloads', () => {
  expect(
    access.map(([, { kind, metadata }]) => `${kind} ${metadata.namespace ?? '-'}/${metadata.name}`).sort(),
  ).toEqual([
    'ClusterRole -/aia-rollout',
    'ClusterRoleBinding -/aia-rollout',
    'Role aia/aia-rollout',
    'Role argocd/aia-rollout',
    'RoleBinding aia/aia-rollout',
    'RoleBinding argocd/aia-rollout',
    'ServiceAccount argocd/aia-rollout',
  ]);
});

test('it writes applications and its Lease, and nothing else', () => {
  const writes = rules.filter(({ verbs }) => verbs.some((verb) => !['get', 'list'].includes(verb)));
  expect(writes.map(({ resources, verbs, resourceNames }) => [resources, verbs, resourceNames])).toEqual([
    [['applications'], ['get', 'list', 'patch'], undefined],
    [['leases'], ['create'], undefined],
    [['leases'], ['get', 'update'], ['aia-rollout-europe-west4']],
  ]);
});

test('it can not read Secrets, and no rule has a wildcard', () => {
  const words = rules.flatMap(({ apiGroups, resources, verbs }) => [...apiGroups, ...resources, ...verbs]);
  expect(words).not.toContain('secrets');
  expect(words).not.toContain('*');
});
