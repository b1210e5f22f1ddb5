import { asRecord, at, type Keys } from '../../model/manifest/access';
import { podOf } from '../pods';
import type { Report, Rule } from '../rule';
import { sampleObject } from '../samples';

const VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LONGEST_VALUE = 63;
const LONGEST_PREFIX = 253;
const MOST_ANNOTATIONS = 262_144;

/** Labels and annotations that the API server refuses. */
export const labelSyntax: Rule = {
  id: 'label-syntax',
  title: 'labels and annotations are valid',
  severity: 'error',
  why: 'The API server refuses the object.',
  fix: 'use at most 63 letters, digits, dashes, dots and underscores, a letter or digit at both ends',
  sources: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set'],
  check(object, report) {
    look(object.metadata, ['metadata'], report);
    const pod = podOf(object);
    if (pod && pod.keys.length > 0) look(at(pod.template, 'metadata'), [...pod.keys, 'metadata'], report);
  },
  samples: {
    pass: sampleObject('v1', 'Namespace', '', 'labels:\n  team: shop-eu'),
    fail: sampleObject('v1', 'Namespace', '', 'labels:\n  team: shop (eu)'),
  },
};

function look(metadata: unknown, keys: Keys, report: Report): void {
  const labels = asRecord(asRecord(metadata)?.labels) ?? {};
  for (const [key, value] of Object.entries(labels)) {
    if (!isKey(key)) report([...keys, 'labels', key], 'is not a valid label key', { fix: 'write name or prefix/name' });
    if (typeof value === 'string' && (value.length > LONGEST_VALUE || !VALUE.test(value))) {
      report(
        [...keys, 'labels', key],
        value.length > LONGEST_VALUE
          ? `is ${value.length} characters long`
          : `is ${JSON.stringify(value)}, not a valid label value`,
      );
    }
  }
  let bytes = 0;
  for (const [key, value] of Object.entries(asRecord(asRecord(metadata)?.annotations) ?? {})) {
    if (!isKey(key))
      report([...keys, 'annotations', key], 'is not a valid annotation key', { fix: 'write name or prefix/name' });
    bytes += Buffer.byteLength(key) + (typeof value === 'string' ? Buffer.byteLength(value) : 0);
  }
  if (bytes > MOST_ANNOTATIONS)
    report([...keys, 'annotations'], `are ${bytes} bytes, above ${MOST_ANNOTATIONS}`, {
      fix: 'move the content into a ConfigMap',
    });
}

function isKey(key: string): boolean {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (name.length > LONGEST_VALUE || !NAME.test(name)) return false;
  return prefix === undefined || (prefix.length <= LONGEST_PREFIX && PREFIX.test(prefix.toLowerCase()));
}
