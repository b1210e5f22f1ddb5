import { asRecord } from '../../model/manifest/access';
import type { Rule } from '../rule';

/** Types whose content a controller fills in. */
const FILLED = new Set(['kubernetes.io/service-account-token', 'bootstrap.kubernetes.io/token']);

/** A Secret with its data in the manifest. Neither values nor lines of it are ever printed. */
export const secretInGit: Rule = {
  id: 'secret-in-git',
  title: 'no Secret carries its data',
  severity: 'warning',
  why: 'Base64 is no encryption: everyone who can read the repository, now or later, has the secret.',
  fix: 'keep it in a secret store and write an ExternalSecret or a SealedSecret; change it, since it is known now',
  sources: ['https://kubernetes.io/docs/concepts/security/secrets-good-practices/'],
  kinds: ['Secret'],
  check(object, report) {
    if (object.apiVersion !== 'v1' || FILLED.has(String(object.type))) return;
    for (const field of ['data', 'stringData']) {
      const keys = Object.entries(asRecord(object[field]) ?? {}).filter(([, value]) => value !== '' && value !== null);
      if (keys.length > 0)
        report(
          [field],
          `has ${keys.length === 1 ? 'a value' : `${keys.length} values`} (${keys.map(([key]) => key).join(', ')})`,
        );
    }
  },
  samples: {
    pass: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\ntype: Opaque\n',
    fail: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\ntype: Opaque\nstringData:\n  password: hunter2\n',
  },
};
