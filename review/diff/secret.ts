import { createHmac, randomBytes } from 'node:crypto';
import type { KubeObject } from '../../model/kube-object';
import { patternOf, type Step } from './difference';

const LAST_APPLIED = 'metadata/annotations/kubectl.kubernetes.io/last-applied-configuration';
/** Names of variables whose value is a secret wherever it stands; `aia check` has the rule env-secret about them. */
const SECRET_VARIABLE =
  /(^|_)(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|SECRET_?KEY|PRIVATE_?KEY|CREDENTIALS?)$/i;

/** Where a Secret keeps its values, and where kubectl keeps a copy of them. */
export function isSecretField(object: KubeObject, steps: readonly Step[]): boolean {
  if (object.kind !== 'Secret') return false;
  const [top] = steps;
  return (
    ((top === 'data' || top === 'stringData') && steps.length >= 2) ||
    patternOf(steps.slice(0, 3)).startsWith(LAST_APPLIED)
  );
}

/** The literal value of a variable that is named as a secret. */
export function isSecretVariable(item: unknown): boolean {
  if (typeof item !== 'object' || item === null) return false;
  const { name, value } = item as { name?: unknown; value?: unknown };
  return typeof name === 'string' && typeof value === 'string' && SECRET_VARIABLE.test(name);
}

/** The variable that holds the key of digests; without it every run has a key of its own. */
export const DIGEST_KEY_VARIABLE = 'AIA_DIGEST_KEY';

/**
 * Digests that tell whether two Secret values are equal and nothing more. The key keeps anybody from trying out
 * likely passwords against a printed digest, so it must not be known to the reader of the review: it comes from
 * the environment or is random, and then digests of two runs can't be compared.
 */
export class SecretDigest {
  private readonly key: string | Buffer;

  constructor(key: string | undefined) {
    this.key = key === undefined || key === '' ? randomBytes(32) : key;
  }

  /** Eight hexadecimal digits; null where there is no value. */
  of(value: unknown): string | null {
    if (value === undefined || value === null) return null;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return createHmac('sha256', this.key).update(text).digest('hex').slice(0, 8);
  }
}
