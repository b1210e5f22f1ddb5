import { stringify } from 'yaml';
import type { KubeObject } from '../../../model/kube-object';
import { isSecretField, isSecretVariable } from '../../diff/secret';

/** Stands for a value that nobody may read here; no digest, since there is nothing to compare it with. */
const HIDDEN = '(secret)';

/** A new or removed object as YAML. Values of Secrets, and of variables that are named as secrets, are left out. */
export function wholeObjectText(object: KubeObject): string {
  const shown = (value: unknown, steps: readonly string[]): unknown => {
    if (isSecretField(object, steps)) return HIDDEN;
    if (Array.isArray(value)) return value.map((item) => shown(item, [...steps, '*']));
    if (typeof value !== 'object' || value === null) return value;
    const isHidden = isSecretVariable(value);
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [
        key,
        isHidden && key === 'value' ? HIDDEN : shown(child, [...steps, key]),
      ]),
    );
  };
  return stringify(shown(object, []));
}
