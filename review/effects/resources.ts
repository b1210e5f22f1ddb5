import { quantityOf } from '../../checks/quantities';
import type { Difference } from '../diff/difference';
import { fieldsAt, type EffectRule } from './consequence';

const RESOURCES = /(^|\/)resources\/(limits|requests)(\/(cpu|memory|ephemeral-storage))?$/;

/** Limits and requests that fall, or go. That the pods restart is another consequence of the same fields. */
export const resources: EffectRule = function* (change) {
  for (const field of fieldsAt(change, RESOURCES)) {
    const [kind, resource] = field.steps.slice(-2);
    if (typeof resource !== 'string' || (kind !== 'limits' && kind !== 'requests')) {
      if (field.after === undefined && (resource === 'limits' || resource === 'requests')) {
        const fields = [field];
        const reason = `${containerOf(field)}has no ${resource} any more`;
        yield { effect: 'scale', risk: 'medium', reason, fields };
      }
      continue;
    }
    const [before, after] = [quantityOf(field.before), quantityOf(field.after)];
    const what = `${containerOf(field)}${resource} ${kind === 'limits' ? 'limit' : 'request'}`;
    if (before !== undefined && field.after === undefined) {
      yield { effect: 'scale', risk: 'medium', reason: `${what} of ${String(field.before)} is gone`, fields: [field] };
    } else if (before !== undefined && after !== undefined && after < before) {
      const percent = Number(((before - after) * 100n) / before);
      const fall = `${what} falls ${String(field.before)} → ${String(field.after)} (−${percent} %)`;
      yield kind === 'limits'
        ? lowerLimit(field, resource, fall, percent)
        : { effect: 'scale', risk: 'low', reason: fall, fields: [field] };
    }
  }
};

function lowerLimit(
  field: Difference,
  resource: string,
  fall: string,
  percent: number,
): { effect: 'scale'; risk: 'high' | 'medium'; reason: string; fields: readonly Difference[] } {
  const fields = [field];
  if (resource === 'cpu') {
    return {
      effect: 'scale',
      risk: percent >= 50 ? 'high' : 'medium',
      reason: `${fall}: slower where more is used now`,
      fields,
    };
  }
  const end = resource === 'memory' ? 'killed' : 'evicted';
  return { effect: 'scale', risk: 'high', reason: `${fall}: a pod that uses more is ${end}`, fields };
}

/** `app: ` for a field of the container app; empty where the pod as a whole is meant. */
function containerOf({ steps }: Difference): string {
  for (const step of steps) {
    if (typeof step !== 'string' && 'label' in step && step.label.startsWith('name=')) {
      return `${step.label.slice('name='.length)}: `;
    }
  }
  return '';
}
