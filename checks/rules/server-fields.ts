import { asRecord, at } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const OWNED = ['uid', 'resourceVersion', 'generation', 'managedFields', 'selfLink'];

/** Fields that only the cluster can know: the manifest was copied out of one. */
export const serverFields: Rule = {
  id: 'server-fields',
  title: 'manifests have no fields that the cluster writes',
  severity: 'warning',
  why: 'An apply with an old resourceVersion or uid is refused as a conflict; a status is ignored and shows as a difference for ever.',
  fix: 'remove it',
  sources: ['https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/#System'],
  check(object, report) {
    for (const field of OWNED) {
      if (at(object, 'metadata', field) !== undefined) report(['metadata', field], 'is written by the cluster');
    }
    const status = asRecord(object.status);
    if (status && Object.keys(status).length > 0 && object.kind !== 'CustomResourceDefinition')
      report(['status'], 'is written by the cluster', { severity: 'info' });
    if (at(object, 'metadata', 'labels', 'cdk8s.io/metadata.addr') !== undefined) {
      report(
        ['metadata', 'labels', 'cdk8s.io/metadata.addr'],
        'is an address inside the generator, which changes when the code is moved',
        { fix: 'set the labels explicitly' },
      );
    }
  },
  samples: {
    pass: sampleObject('v1', 'Namespace', ''),
    fail: sampleObject('v1', 'Namespace', '', 'resourceVersion: "12345"'),
  },
};
