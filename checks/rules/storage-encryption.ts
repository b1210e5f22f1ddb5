import { asList, asRecord, textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

/** How the drivers of the large clouds are told which key to use. */
const KEY_PARAMETERS = ['disk-encryption-kms-key', 'kmsKeyId', 'encrypted', 'diskEncryptionSetID', 'encryption'];
/** Drivers of test clusters, which have no keys. */
const LOCAL = /rancher\.io\/local-path|no-provisioner|k8s\.io\/minikube-hostpath|hostpath/;

const claim = (lines: string): string =>
  sampleObject(
    'v1',
    'PersistentVolumeClaim',
    `accessModes:\n  - ReadWriteOnce\nresources:\n  requests:\n    storage: 10Gi\n${lines}`,
  );

/** Disks for personal data on a class that is not known to be encrypted with a key of our own. */
export const storageEncryption: Rule = {
  id: 'storage-encryption',
  title: 'claims name their class, and classes name their key',
  severity: 'warning',
  audience: 'aia',
  why: 'The default class of a cluster can change, and its disks are not encrypted with a key that we can withdraw.',
  fix: 'name the encrypted class, and the key in its parameters',
  sources: ['https://kubernetes.io/docs/concepts/storage/storage-classes/'],
  kinds: ['PersistentVolumeClaim', 'StorageClass', 'StatefulSet'],
  check(object, report) {
    if (object.kind === 'StorageClass') {
      const parameters = asRecord(object.parameters) ?? {};
      if (
        LOCAL.test(textAt(object, 'provisioner') ?? '') ||
        KEY_PARAMETERS.some((name) => parameters[name] !== undefined)
      )
        return;
      report(['parameters'], 'names no key', {
        fix: `add one of ${KEY_PARAMETERS.join(', ')}, as the driver calls it`,
      });
      return;
    }
    const spec = asRecord(object.spec);
    if (object.kind === 'PersistentVolumeClaim' && spec?.storageClassName === undefined)
      report(['spec', 'storageClassName'], 'is missing');
    if (object.kind !== 'StatefulSet') return;
    asList(spec?.volumeClaimTemplates).forEach((template, index) => {
      if (textAt(template, 'spec', 'storageClassName') === undefined)
        report(['spec', 'volumeClaimTemplates', index, 'spec', 'storageClassName'], 'is missing');
    });
  },
  samples: { pass: claim('storageClassName: aia-encrypted'), fail: claim('') },
};
