import { asRecord } from '../../model/manifest/access';
import type { Rule } from '../rule';

const MOST_BYTES = 1_048_576;
const KEY = /^[-._a-zA-Z0-9]+$/;
const map = (data: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  ${data}\n`;

/** ConfigMaps and Secrets that the API server refuses. */
export const configMapSize: Rule = {
  id: 'configmap-size',
  title: 'ConfigMaps and Secrets are small and have valid keys',
  severity: 'error',
  why: 'The API server refuses more than 1 MiB, and keys with other signs than letters, digits, dashes, dots and underscores.',
  fix: 'split it, or keep large files in an image or a volume',
  sources: ['https://kubernetes.io/docs/concepts/configuration/configmap/'],
  kinds: ['ConfigMap', 'Secret'],
  check(object, report) {
    if (object.apiVersion !== 'v1') return;
    let bytes = 0;
    const seen = new Set<string>();
    for (const field of ['data', 'binaryData', 'stringData']) {
      for (const [key, value] of Object.entries(asRecord(object[field]) ?? {})) {
        if (typeof value === 'string') bytes += Buffer.byteLength(value);
        if (!KEY.test(key))
          report([field, key], 'is not a valid key', { fix: 'use letters, digits, dashes, dots and underscores' });
        if (field === 'binaryData' && seen.has(key)) report([field, key], 'is in data too', { fix: 'keep one' });
        seen.add(key);
      }
    }
    if (bytes > MOST_BYTES) report([], `holds ${bytes} bytes, above ${MOST_BYTES}`);
  },
  samples: { pass: map('app.conf: "level=info"'), fail: map('"app conf": "level=info"') },
};
