import { asList, textAt } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

const SECRET_NAME =
  /(^|_)(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|SECRET_?KEY|PRIVATE_?KEY|CREDENTIALS?)$/i;
/** Values that are no secrets: references, paths, addresses, switches, numbers. */
const HARMLESS = /^$|\$\(|^\/|^[a-z]+:\/\/[^@]*$|^(true|false|yes|no|none|null|\d+)$/i;

/** A password in the manifest. Its value is never printed. */
export const envSecret: Rule = {
  id: 'env-secret',
  title: 'no secret is written into a variable',
  severity: 'warning',
  why: 'Everyone who can read the repository, or describe the pod, can read it, and it stays in the history of Git.',
  fix: 'put it into a Secret and refer to it with valueFrom.secretKeyRef; change it, since it is known now',
  sources: ['https://kubernetes.io/docs/concepts/security/secrets-good-practices/'],
  kinds: POD_KINDS,
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      asList(container.env).forEach((variable, index) => {
        const value = textAt(variable, 'value');
        if (value === undefined || HARMLESS.test(value)) return;
        if (SECRET_NAME.test(textAt(variable, 'name') ?? ''))
          report([...keys, 'env', index, 'value'], 'looks like a secret in plain text');
      });
    }
  },
  samples: {
    pass: samplePod(
      'env:\n  - name: DB_PASSWORD\n    valueFrom:\n      secretKeyRef:\n        name: db\n        key: password',
    ),
    fail: samplePod('env:\n  - name: DB_PASSWORD\n    value: hunter2'),
  },
};
