import type { KubeObject } from '../model/kube-object';
import type { Cluster } from '../model/platform/cluster';
import { edgesAt } from '../model/platform/edges';
import { platform } from '../platform/platform';
import { policyEdges } from '../testing/policy-edges';
import { field, findObject, objectsOf, podSpecs } from '../testing/rendered';
import { tinyPlatform } from '../testing/tiny-platform';

const west4 = { ...platform.clusters['europe-west4'], name: 'europe-west4' } as Cluster;

const objects = objectsOf(platform, 'phase-3', 'europe-west4');
const ofKind = (kind: string, of: readonly KubeObject[] = objects): KubeObject[] =>
  of.filter((object) => object.kind === kind);
const waveOf = ({ metadata }: KubeObject): number =>
  Number((metadata as { annotations?: Record<string, string> }).annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
const selects = (policy: KubeObject): unknown => field(policy, 'spec', 'podSelector', 'matchLabels');

/** Declared in the data, as `caller > callee:port`. */
const declared = edgesAt({ platform, cluster: west4, phase: 'phase-3' })
  .flatMap(({ from, to }) =>
    to.containers.flatMap(({ ports }) => ports.map(({ port }) => `${from} > ${to.name}:${port}`)),
  )
  .sort();

describe('the three policies are the declared calls, no more and no less', () => {
  const edges = policyEdges(objects);

  test('AuthorizationPolicy', () => {
    expect(edges.authorization).toEqual(declared);
  });

  test('NetworkPolicy, on the side of who is called', () => {
    expect(edges.networkIngress).toEqual(declared);
  });

  test('NetworkPolicy, on the side of who calls; the gateway is in another namespace', () => {
    expect(edges.networkEgress).toEqual(declared.filter((edge) => !edge.startsWith('gateway')));
  });

  test('Sidecar', () => {
    const calls = declared.filter((edge) => !edge.startsWith('gateway')).map((edge) => edge.replace(/:\d+$/, ''));
    expect(edges.sidecar).toEqual([...new Set(calls)].sort());
  });

  test('so a new caller is in all of them, and in nobody else', () => {
    const { 'ml-inference-service': ml } = platform.workloads;
    const more = { ...ml, callers: { ...ml?.callers, 'ws-gateway': { timeoutMs: 600 } } };
    const changed = { ...platform, workloads: { ...platform.workloads, 'ml-inference-service': more } };
    const after = policyEdges(objectsOf(changed as typeof platform, 'phase-3', 'europe-west4'));
    const added = (kind: keyof typeof edges): string[] => after[kind].filter((edge) => !edges[kind].includes(edge));
    expect(added('authorization')).toEqual(['ws-gateway > ml-inference-service:8500']);
    expect(added('networkIngress')).toEqual(['ws-gateway > ml-inference-service:8500']);
    expect(added('networkEgress')).toEqual(['ws-gateway > ml-inference-service:8500']);
    expect(added('sidecar')).toEqual(['ws-gateway > ml-inference-service']);
  });
});

describe('everything else is denied', () => {
  test('packets in both directions, for every pod of the namespace', () => {
    expect(field(findObject(objects, 'NetworkPolicy', 'default-deny'), 'spec')).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  test('calls, by a policy without rules: Istio reads an empty one as "nobody"', () => {
    expect(field(findObject(objects, 'AuthorizationPolicy', 'default-deny'), 'spec')).toEqual({});
    for (const policy of ofKind('AuthorizationPolicy').filter(({ metadata }) => metadata.name !== 'default-deny')) {
      expect(field(policy, 'spec', 'action')).toBe('ALLOW');
      for (const rule of field(policy, 'spec', 'rules') as object[]) expect(Object.keys(rule)).toEqual(['from', 'to']);
    }
  });

  test('and what allows is applied before what denies', () => {
    for (const kind of ['NetworkPolicy', 'AuthorizationPolicy']) {
      for (const policy of ofKind(kind)) {
        expect([policy.metadata.name, waveOf(policy)]).toEqual([
          policy.metadata.name,
          policy.metadata.name === 'default-deny' ? 0 : -1,
        ]);
      }
    }
  });

  test('plain text too: mutual TLS is demanded', () => {
    expect(field(findObject(objects, 'PeerAuthentication', 'default'), 'spec')).toEqual({ mtls: { mode: 'STRICT' } });
    const mode = (phase: 'phase-1' | 'phase-2' | 'phase-3'): unknown =>
      field(ofKind('PeerAuthentication', objectsOf(platform, phase, 'europe-west4'))[0], 'spec', 'mtls', 'mode');
    // Only ever stricter: a proxy that does not demand it yet still answers with it.
    expect([mode('phase-1'), mode('phase-2'), mode('phase-3')]).toEqual([undefined, 'PERMISSIVE', 'STRICT']);
  });

  test('no phase before has any of it', () => {
    for (const phase of ['phase-1', 'phase-2'] as const) {
      const before = objectsOf(platform, phase, 'europe-west4');
      expect([...ofKind('NetworkPolicy', before), ...ofKind('AuthorizationPolicy', before)]).toEqual([]);
    }
  });
});

describe('what a default deny must not cut off', () => {
  const allows = ofKind('NetworkPolicy').filter(({ metadata }) => metadata.name !== 'default-deny');
  const namespacePeer = (name: string): unknown => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  });

  test('every pod is selected by one policy that allows', () => {
    const owners = podSpecs(objects).map(({ owner }) => owner.split(' ')[1]);
    expect(allows.map(selects)).toEqual(owners.sort().map((name) => ({ 'app.kubernetes.io/name': name })));
  });

  test.each(allows.map((policy) => [policy.metadata.name, policy] as const))('%s: DNS, istiod, traces', (_, policy) => {
    const egress = field(policy, 'spec', 'egress') as unknown[];
    expect(egress).toContainEqual({
      to: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
          podSelector: {
            matchExpressions: [{ key: 'k8s-app', operator: 'In', values: ['kube-dns', 'node-local-dns'] }],
          },
        },
      ],
      ports: [
        { protocol: 'UDP', port: 53 },
        { protocol: 'TCP', port: 53 },
      ],
    });
    expect(egress).toContainEqual({ to: [namespacePeer('istio-system')], ports: [{ protocol: 'TCP', port: 15012 }] });
    expect(egress).toContainEqual({ to: [namespacePeer('tracing')], ports: [{ protocol: 'TCP', port: 4317 }] });
    // Metrics of the proxy and, through it, of the application; a probe comes from the node, which is always allowed.
    expect(field(policy, 'spec', 'ingress')).toContainEqual({
      from: [namespacePeer('monitoring')],
      ports: [{ protocol: 'TCP', port: 15020 }],
    });
  });

  test('without the mesh nothing of the mesh is opened, and no identity is asked for that nobody has', () => {
    const local = objectsOf(platform, 'phase-3', 'local');
    expect(ofKind('AuthorizationPolicy', local)).toEqual([]);
    const text = JSON.stringify(ofKind('NetworkPolicy', local));
    expect(text).toContain('kube-dns');
    expect(text).not.toMatch(/15012|15020|4317|istio-system/);
  });
});

test('every pod has an account of its own, which no other pod and nobody by default uses', () => {
  const accounts = podSpecs(objects).map(({ spec }) => spec.serviceAccountName);
  expect(new Set(accounts).size).toBe(accounts.length);
  expect(accounts).not.toContain('default');
  for (const account of accounts) findObject(objects, 'ServiceAccount', String(account));
});

test('the namespace refuses pods that do not meet Pod Security restricted, from phase 3 on', () => {
  const enforced = (phase: 'phase-2' | 'phase-3'): unknown =>
    findObject(objectsOf(platform, phase, 'europe-west4'), 'Namespace', 'aia').metadata.labels?.[
      'pod-security.kubernetes.io/enforce'
    ];
  expect([enforced('phase-2'), enforced('phase-3')]).toEqual([undefined, 'restricted']);
});

test('another platform gets its own names: trust domain, gateway, DNS, metrics', () => {
  const shop = objectsOf(tinyPlatform, 'phase-3', 'den');
  expect(field(findObject(shop, 'AuthorizationPolicy', 'basket'), 'spec', 'rules', 0)).toEqual({
    from: [{ source: { principals: ['shop.test/ns/mesh-edge/sa/edge'] } }],
    to: [{ operation: { ports: ['1234', '4321'] } }],
  });
  const text = JSON.stringify(ofKind('NetworkPolicy', shop));
  for (const name of ['names', '"does"', 'numbers', 'mesh-edge', 'mesh-traces', '9999']) expect(text).toContain(name);
});

describe('secrets', () => {
  test('none stands in Git: what is rendered names keys of the secret store, and no value', () => {
    for (const phase of ['phase-1', 'phase-2', 'phase-3'] as const) {
      expect(ofKind('Secret', objectsOf(platform, phase, 'europe-west4'))).toEqual([]);
    }
    expect(field(findObject(objects, 'ExternalSecret', 'neural-store'), 'spec', 'data')).toEqual([
      { secretKey: 'password', remoteRef: { key: 'aia-neural-store-password' } },
    ]);
  });

  test('every Secret that a pod mounts is made by an ExternalSecret from a store that is there', () => {
    const mounted = podSpecs(objects).flatMap(({ spec }) =>
      (spec.volumes as { secret?: { secretName: string } }[]).flatMap(({ secret }) => secret?.secretName ?? []),
    );
    expect(mounted.sort()).toEqual(
      ofKind('ExternalSecret')
        .map((secret) => field(secret, 'spec', 'target', 'name'))
        .sort(),
    );
    for (const secret of ofKind('ExternalSecret')) {
      expect(field(secret, 'spec', 'secretStoreRef')).toEqual({ kind: 'SecretStore', name: 'secret-reader' });
    }
    findObject(objects, 'SecretStore', 'secret-reader');
  });

  test('they are files that only the group of the process reads, never environment', () => {
    const volumes = podSpecs(objects).flatMap(({ spec }) => spec.volumes as { secret?: { defaultMode: number } }[]);
    for (const { secret } of volumes) if (secret !== undefined) expect(secret.defaultMode).toBe(0o440);
    expect(JSON.stringify(podSpecs(objects))).not.toContain('secretKeyRef');
  });

  test('whoever calls a store or the cache has a password for it', () => {
    for (const { from, to } of edgesAt({ platform, cluster: west4, phase: 'phase-3' })) {
      if (to.secrets?.password === undefined || from === to.name) continue;
      expect([from, Object.keys(platform.workloads[from]?.secrets ?? {})]).toEqual([
        from,
        expect.arrayContaining([`${to.name}-password`]),
      ]);
    }
  });

  test('on a laptop there is no store: what can start without its Secret starts', () => {
    const local = objectsOf(platform, 'phase-3', 'local');
    expect([...ofKind('ExternalSecret', local), ...ofKind('SecretStore', local)]).toEqual([]);
    for (const { spec } of podSpecs(local)) {
      for (const { secret } of spec.volumes as { secret?: { optional?: boolean } }[]) {
        if (secret !== undefined) expect(secret.optional).toBe(true);
      }
    }
  });
});
