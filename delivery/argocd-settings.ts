import type { Construct } from 'constructs';
import { k8s } from '../constructs/k8s';
import { HEALTH_CHECKS } from './health';
import type { Target } from './names';
import { NOTIFICATIONS } from './notifications';

/**
 * Patches of two ConfigMaps that belong to whoever installed Argo CD: `kubectl patch --patch-file` adds these keys and
 * leaves all others. Nothing else does: `kubectl apply`, server-side under a field manager of its own too, takes over
 * what an earlier `kubectl apply` has written and drops the keys that are not here. That is why they lie in a folder of
 * their own, where `kubectl apply -f bootstrap/` does not look.
 */
export function argocdSettings(scope: Construct, target: Target): void {
  const health = Object.entries(HEALTH_CHECKS).map(
    ([kind, lua]) => [`resource.customizations.health.${kind}`, lua] as const,
  );
  configMap(scope, target, 'argocd-cm', Object.fromEntries(health));
  configMap(scope, target, 'argocd-notifications-cm', NOTIFICATIONS);
}

function configMap(scope: Construct, { platform }: Target, name: string, data: Readonly<Record<string, string>>): void {
  new k8s.KubeConfigMap(scope, name, {
    metadata: {
      name,
      namespace: platform.settings.argocdNamespace,
      labels: { 'app.kubernetes.io/part-of': 'argocd' },
    },
    data,
  });
}
