import type { Construct } from 'constructs';
import { k8s } from '../constructs/k8s';
import { rolloutAccess, type AccessRule, type AccessScope } from '../model/rollout-access';
import { sharedName, type Target } from './names';

/**
 * The account under which `aia rollout` runs where no person does, with exactly the rights that it uses. It belongs to
 * the bootstrap, which a person applies: a commit must not be able to give rights, and none of Argo CD's projects allows
 * roles.
 */
export function rolloutAccount(scope: Construct, target: Target): void {
  const { platform, cluster } = target;
  const { name: platformName, namespace, argocdNamespace } = platform.settings;
  const name = sharedName(target, 'rollout');
  const labels = { 'app.kubernetes.io/part-of': platformName };
  const rules = rolloutAccess(platform.settings, cluster.name);
  const of = (wanted: AccessScope): k8s.PolicyRule[] => rules.filter((rule) => rule.scope === wanted).map(policyRule);
  const subjects = [{ kind: 'ServiceAccount', name, namespace: argocdNamespace }];

  new k8s.KubeServiceAccount(scope, 'rollout-account', {
    metadata: { name, namespace: argocdNamespace, labels },
    // Nothing runs as it in the cluster; `kubectl create token` makes tokens that end.
    automountServiceAccountToken: false,
  });
  new k8s.KubeClusterRole(scope, 'rollout-cluster-role', { metadata: { name, labels }, rules: of('cluster') });
  new k8s.KubeClusterRoleBinding(scope, 'rollout-cluster-binding', {
    metadata: { name, labels },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects,
  });
  for (const [where, wanted] of [
    [namespace, 'workloads'],
    [argocdNamespace, 'argocd'],
  ] as const) {
    new k8s.KubeRole(scope, `rollout-role-${wanted}`, {
      metadata: { name, namespace: where, labels },
      rules: of(wanted),
    });
    new k8s.KubeRoleBinding(scope, `rollout-binding-${wanted}`, {
      metadata: { name, namespace: where, labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects,
    });
  }
}

function policyRule({ group, resources, verbs, names }: AccessRule): k8s.PolicyRule {
  return {
    apiGroups: [group],
    resources: [...resources],
    verbs: [...verbs],
    ...(names === undefined ? {} : { resourceNames: [...names] }),
  };
}
