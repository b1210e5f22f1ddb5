import { textAt } from '../../model/manifest/access';
import type { Member } from './member';
import { mayBeSame, namespaceOf, type ObjectSet } from './object-set';

/** Objects of which a controller makes a Secret or ConfigMap, and where they say its name. */
const MAKERS: readonly (readonly [
  group: string,
  kind: string,
  makes: 'ConfigMap' | 'Secret',
  name: (member: Member) => unknown,
])[] = [
  ['external-secrets.io', 'ExternalSecret', 'Secret', ({ object }) => textAt(object, 'spec', 'target', 'name')],
  [
    'external-secrets.io',
    'ClusterExternalSecret',
    'Secret',
    ({ object }) => textAt(object, 'spec', 'externalSecretName'),
  ],
  ['bitnami.com', 'SealedSecret', 'Secret', ({ object }) => textAt(object, 'spec', 'template', 'metadata', 'name')],
  ['cert-manager.io', 'Certificate', 'Secret', ({ object }) => textAt(object, 'spec', 'secretName')],
  ['trust.cert-manager.io', 'Bundle', 'ConfigMap', () => undefined],
];

/** ConfigMaps that every namespace gets from Kubernetes or from Istio. */
const ALWAYS_THERE = new Set(['kube-root-ca.crt', 'istio-ca-root-cert', 'openshift-service-ca.crt']);

/** True where a controller makes this ConfigMap or Secret from an object of the set, or the cluster brings it. */
export function isMade(set: ObjectSet, kind: 'ConfigMap' | 'Secret', namespace: string, name: string): boolean {
  if (kind === 'ConfigMap' && ALWAYS_THERE.has(name)) return true;
  return MAKERS.some(
    ([group, maker, makes, nameOf]) =>
      makes === kind &&
      set
        .ofKind(group, maker)
        .some(
          (member) =>
            (nameOf(member) ?? member.object.metadata.name) === name &&
            mayBeSame(namespaceOf(member.object), namespace),
        ),
  );
}

/** True where the set makes Secrets in that namespace, so that one which is not among them is a slip of the pen. */
export function makesSecrets(set: ObjectSet, namespace: string): boolean {
  return MAKERS.some(
    ([group, kind, makes]) =>
      makes === 'Secret' && set.ofKind(group, kind).some(({ object }) => mayBeSame(namespaceOf(object), namespace)),
  );
}
