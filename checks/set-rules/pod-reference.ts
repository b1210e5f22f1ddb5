import { asList, at, textAt, type Keys } from '../../model/manifest/access';
import { sampleDeployment, sampleDocuments, sampleObject } from '../samples';
import type { Member } from '../set/member';
import { missing } from '../set/missing';
import type { ObjectSet } from '../set/object-set';
import type { SetRule } from '../set-rule';

const account = sampleObject('v1', 'ServiceAccount', '');

/** Pods that run as a ServiceAccount which is not there. */
export const serviceAccountReference: SetRule = {
  id: 'service-account-reference',
  title: 'the ServiceAccount of a pod exists',
  severity: 'error',
  why: 'No pod is made: the owner says "serviceaccount not found" in its events, and only there.',
  fix: 'add the ServiceAccount, or correct the name',
  sources: ['https://kubernetes.io/docs/concepts/security/service-accounts/'],
  checkSet(set, report) {
    for (const { member, namespace, pod } of set.pods) {
      const name = textAt(pod?.spec, 'serviceAccountName');
      if (!pod || name === undefined || name === '' || name === 'default') continue;
      const target = { group: '', kind: 'ServiceAccount', namespace, name };
      if (set.find(target)) continue;
      const { message, ...options } = missing(set, member, target);
      report(member, [...pod.specKeys, 'serviceAccountName'], message, options);
    }
  },
  samples: {
    pass: sampleDocuments(account, sampleDeployment('', 'serviceAccountName: web')),
    fail: sampleDocuments(account, sampleDeployment('', 'serviceAccountName: shop')),
  },
};

const claim = sampleObject(
  'v1',
  'PersistentVolumeClaim',
  'storageClassName: fast\naccessModes:\n  - ReadWriteOnce\nresources:\n  requests:\n    storage: 10Gi',
);
const mounting = (name: string): string =>
  sampleDeployment('', `volumes:\n  - name: data\n    persistentVolumeClaim:\n      claimName: ${name}`);

/** Pods that mount a claim which is not there. */
export const claimReference: SetRule = {
  id: 'claim-reference',
  title: 'claims that pods mount exist',
  severity: 'error',
  why: 'The pod stays Pending: the scheduler waits for the claim.',
  fix: 'add the PersistentVolumeClaim, or correct the name',
  sources: ['https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes'],
  checkSet(set, report) {
    for (const { member, namespace, pod } of set.pods) {
      // A claim template takes the place of a volume of its name.
      const templates = asList(at(member.object, 'spec', 'volumeClaimTemplates')).map((one) =>
        textAt(one, 'metadata', 'name'),
      );
      asList(pod?.spec.volumes).forEach((volume, index) => {
        const name = textAt(volume, 'persistentVolumeClaim', 'claimName');
        if (!pod || name === undefined || templates.includes(textAt(volume, 'name'))) return;
        const target = { group: '', kind: 'PersistentVolumeClaim', namespace, name };
        if (set.find(target)) return;
        const { message, ...options } = missing(set, member, target);
        report(member, [...pod.specKeys, 'volumes', index, 'persistentVolumeClaim', 'claimName'], message, options);
      });
    }
  },
  samples: { pass: sampleDocuments(claim, mounting('web')), fail: sampleDocuments(claim, mounting('shop')) },
};

const priority = 'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata:\n  name: web\nvalue: 1000\n';

/** Storage classes that clouds and test clusters bring. */
const CLOUD_CLASSES = new Set(
  'standard standard-rwo standard-rwx premium-rwo premium-rwx gp2 gp3 default managed-csi managed-premium azurefile hostpath local-path'.split(
    ' ',
  ),
);

/** Classes of the cluster, which are looked for only where the set brings classes of that kind. */
export const classReference: SetRule = {
  id: 'class-reference',
  title: 'classes of priority, storage and runtime exist, where the set brings classes of its own',
  severity: 'error',
  why: 'Admission refuses a pod with an unknown PriorityClass; a claim with an unknown StorageClass stays Pending for ever.',
  fix: 'add the class, or correct the name',
  sources: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/',
    'https://kubernetes.io/docs/concepts/storage/storage-classes/',
  ],
  checkSet(set, report) {
    const look = (member: Member, keys: Keys, group: string, kind: string): void => {
      const name = textAt(member.object, ...keys);
      if (name === undefined || name === '' || name.startsWith('system-')) return;
      const target = { group, kind, namespace: '', name };
      if (set.ofKind(group, kind).length === 0 || set.find(target)) return;
      // Clouds bring storage classes of their own.
      const { message, ...options } = missing(set, member, target, kind === 'StorageClass' ? 'warning' : 'error');
      report(member, keys, message, CLOUD_CLASSES.has(name) ? { severity: 'info' } : options);
    };
    for (const { member, pod } of set.pods) {
      if (!pod) continue;
      look(member, [...pod.specKeys, 'priorityClassName'], 'scheduling.k8s.io', 'PriorityClass');
      look(member, [...pod.specKeys, 'runtimeClassName'], 'node.k8s.io', 'RuntimeClass');
    }
    for (const { member, keys } of storageClaims(set)) look(member, keys, 'storage.k8s.io', 'StorageClass');
    for (const member of set.ofKind('networking.k8s.io', 'Ingress'))
      look(member, ['spec', 'ingressClassName'], 'networking.k8s.io', 'IngressClass');
  },
  samples: {
    pass: sampleDocuments(priority, sampleDeployment('', 'priorityClassName: web')),
    fail: sampleDocuments(priority, sampleDeployment('', 'priorityClassName: shop')),
  },
};

function storageClaims(set: ObjectSet): readonly { member: Member; keys: Keys }[] {
  const claims = set
    .ofKind('', 'PersistentVolumeClaim')
    .map((member) => ({ member, keys: ['spec', 'storageClassName'] }));
  const templates = set.ofKind('apps', 'StatefulSet').flatMap((member) =>
    asList(at(member.object, 'spec', 'volumeClaimTemplates')).map((_, index) => ({
      member,
      keys: ['spec', 'volumeClaimTemplates', index, 'spec', 'storageClassName'],
    })),
  );
  return [...claims, ...templates];
}
