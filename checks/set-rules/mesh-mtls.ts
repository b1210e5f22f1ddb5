import { asList, at, textAt, type Keys } from '../../model/manifest/access';
import { sampleDeployment, sampleDocuments, sampleObject, sampleService } from '../samples';
import type { Member } from '../set/member';
import { resolveHost } from '../set/mesh-hosts';
import { isInjected } from '../set/namespaces';
import { mayBeSame, namespaceOf, type ObjectSet } from '../set/object-set';
import type { SetRule } from '../set-rule';

/** Istio's configuration in its root namespace is for every namespace. */
const MESH_ROOT = 'istio-system';

const strict = sampleObject('security.istio.io/v1', 'PeerAuthentication', 'mtls:\n  mode: STRICT');
const rule = (mode: string): string =>
  sampleObject('networking.istio.io/v1', 'DestinationRule', `host: web\ntrafficPolicy:\n  tls:\n    mode: ${mode}`);

/** Callers in plain text where the mesh takes only mutual TLS. */
export const meshMtls: SetRule = {
  id: 'mesh-mtls',
  title: 'where mutual TLS is STRICT, callers speak it',
  severity: 'error',
  why: 'A DestinationRule that turns TLS off, or a pod without a proxy, calls in plain text, and STRICT refuses it: connection reset.',
  fix: 'remove the tls setting (Istio uses mutual TLS by itself), or inject the proxy',
  sources: [
    'https://istio.io/latest/docs/ops/common-problems/network-issues/#503-errors-after-setting-destination-rule',
  ],
  checkSet(set, report) {
    if (set.ofKind('security.istio.io', 'PeerAuthentication').length === 0) return;
    for (const member of set.ofKind('networking.istio.io', 'DestinationRule')) {
      const host = resolveHost(set, textAt(member.object, 'spec', 'host') ?? '', namespaceOf(member.object));
      if (host.kind !== 'service' || !strictness(set, namespaceOf(host.service.object))) continue;
      for (const keys of tlsPlaces(member)) {
        const mode = textAt(member.object, ...keys);
        if (mode === 'DISABLE' || mode === 'SIMPLE')
          report(member, keys, `is ${mode}, but ${host.service.object.metadata.name} takes only mutual TLS (STRICT)`);
      }
    }
    for (const { member, pod, namespace } of set.pods) {
      const policy = strictness(set, namespace);
      if (!pod || !policy || isInjected(set, namespace, pod.template) !== false) continue;
      report(
        member,
        [...pod.keys, 'metadata'],
        `makes pods without a proxy in a namespace where ${policy.object.metadata.name} asks for mutual TLS (STRICT)`,
        {
          severity: 'warning',
          fix: 'inject the proxy, or stay with PERMISSIVE until all pods have one',
        },
      );
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment(''), sampleService(), strict, rule('ISTIO_MUTUAL')),
    fail: sampleDocuments(sampleDeployment(''), sampleService(), strict, rule('DISABLE')),
  },
};

/** The policy that makes mutual TLS STRICT for a whole namespace: its own, else that of the mesh. */
function strictness(set: ObjectSet, namespace: string): Member | undefined {
  const policies = set
    .ofKind('security.istio.io', 'PeerAuthentication')
    .filter(({ object }) => at(object, 'spec', 'selector') === undefined);
  const own =
    policies.find(({ object }) => mayBeSame(namespaceOf(object), namespace) && namespaceOf(object) !== MESH_ROOT) ??
    policies.find(({ object }) => namespaceOf(object) === MESH_ROOT);
  return textAt(own?.object, 'spec', 'mtls', 'mode') === 'STRICT' ? own : undefined;
}

/** Everywhere that a DestinationRule may set the mode of TLS. */
function tlsPlaces({ object }: Member): readonly Keys[] {
  const policies: Keys[] = [
    ['spec', 'trafficPolicy'],
    ...asList(at(object, 'spec', 'subsets')).map((_, index) => ['spec', 'subsets', index, 'trafficPolicy']),
  ];
  return policies.flatMap((keys) => [
    [...keys, 'tls', 'mode'],
    ...asList(at(object, ...keys, 'portLevelSettings')).map((_, index) => [
      ...keys,
      'portLevelSettings',
      index,
      'tls',
      'mode',
    ]),
  ]);
}
