import { asList, asRecord, at, textAt, type Keys } from '../../model/manifest/access';
import { sampleDocuments, sampleObject } from '../samples';
import type { Member } from '../set/member';
import { missing } from '../set/missing';
import { namespaceOf, type Target } from '../set/object-set';
import type { SetRule } from '../set-rule';

interface Reference {
  readonly keys: Keys;
  readonly target: Target;
}

type Reader = (member: Member) => readonly Reference[];

/** Where operators' objects name each other. */
const READERS: readonly (readonly [group: string, kind: string, read: Reader])[] = [
  [
    'keda.sh',
    'ScaledObject',
    ({ object }) =>
      asList(at(object, 'spec', 'triggers')).flatMap((_, index) =>
        reference(object, ['spec', 'triggers', index, 'authenticationRef'], {
          group: 'keda.sh',
          kinds: { TriggerAuthentication: namespaceOf(object), ClusterTriggerAuthentication: '' },
          fallback: 'TriggerAuthentication',
        }),
      ),
  ],
  [
    'external-secrets.io',
    'ExternalSecret',
    ({ object }) =>
      reference(object, ['spec', 'secretStoreRef'], {
        group: 'external-secrets.io',
        kinds: { SecretStore: namespaceOf(object), ClusterSecretStore: '' },
        fallback: 'SecretStore',
      }),
  ],
  [
    'cert-manager.io',
    'Certificate',
    ({ object }) =>
      reference(object, ['spec', 'issuerRef'], {
        group: 'cert-manager.io',
        kinds: { Issuer: namespaceOf(object), ClusterIssuer: '' },
        fallback: 'Issuer',
      }),
  ],
  ['kueue.x-k8s.io', 'LocalQueue', ({ object }) => named(object, ['spec', 'clusterQueue'], 'ClusterQueue')],
  [
    'kueue.x-k8s.io',
    'ClusterQueue',
    ({ object }) =>
      asList(at(object, 'spec', 'resourceGroups')).flatMap((group, index) =>
        asList(asRecord(group)?.flavors).flatMap((_, position) =>
          named(object, ['spec', 'resourceGroups', index, 'flavors', position, 'name'], 'ResourceFlavor'),
        ),
      ),
  ],
  ...(['Job', 'CronJob'] as const).map(
    (kind) =>
      [
        'batch',
        kind,
        ({ object }: Member) => {
          const place = kind === 'Job' ? ['metadata'] : ['spec', 'jobTemplate', 'metadata'];
          return named(object, [...place, 'labels', 'kueue.x-k8s.io/queue-name'], 'LocalQueue', namespaceOf(object));
        },
      ] as const,
  ),
];

const scaler = sampleObject(
  'keda.sh/v1alpha1',
  'ScaledObject',
  'scaleTargetRef:\n  name: web\nminReplicaCount: 2\ntriggers:\n  - type: prometheus\n    metadata:\n      serverAddress: http://prometheus:9090\n      query: sum(queue)\n      threshold: "16"\n    authenticationRef:\n      name: web',
);
const authentication = sampleObject('keda.sh/v1alpha1', 'TriggerAuthentication', 'podIdentity:\n  provider: gcp');

/** Objects of operators that name an object which is not there. */
export const objectReference: SetRule = {
  id: 'object-reference',
  title: 'objects of KEDA, External Secrets, cert-manager and Kueue name objects that exist',
  severity: 'error',
  why: 'The operator writes an error into the status of the object and does nothing: no scaling, no secret, no certificate, no job.',
  fix: 'add the object, or correct the name',
  sources: [
    'https://keda.sh/docs/latest/concepts/authentication/',
    'https://external-secrets.io/latest/api/externalsecret/',
    'https://kueue.sigs.k8s.io/docs/concepts/local_queue/',
  ],
  checkSet(set, report) {
    for (const [group, kind, read] of READERS) {
      for (const member of set.ofKind(group, kind)) {
        for (const { keys, target } of read(member)) {
          if (set.find(target)) continue;
          const { message, ...options } = missing(set, member, target);
          report(member, keys, message, options);
        }
      }
    }
  },
  samples: {
    pass: sampleDocuments(authentication, scaler),
    fail: sampleDocuments(authentication, scaler.replace(/name: web\n$/, 'name: shop\n')),
  },
};

function named(object: unknown, keys: Keys, kind: string, namespace = ''): readonly Reference[] {
  const name = textAt(object, ...keys);
  return name === undefined ? [] : [{ keys, target: { group: 'kueue.x-k8s.io', kind, namespace, name } }];
}

/** A reference by name and kind; `kinds` says which namespace each kind is looked for in. */
function reference(
  object: unknown,
  keys: Keys,
  { group, kinds, fallback }: { group: string; kinds: Readonly<Record<string, string>>; fallback: string },
): readonly Reference[] {
  const name = textAt(object, ...keys, 'name');
  const kind = textAt(object, ...keys, 'kind') ?? fallback;
  const namespace = kinds[kind];
  // Another group is another issuer: its objects are not known here.
  const isForeign = (textAt(object, ...keys, 'group') ?? group) !== group;
  if (name === undefined || namespace === undefined || isForeign) return [];
  return [{ keys: [...keys, 'name'], target: { group, kind, namespace, name } }];
}
