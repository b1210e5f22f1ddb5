import { podOf } from '../../checks/pods';
import { at, textAt } from '../../model/manifest/access';
import { formatSteps, type Difference } from '../diff/difference';
import { subjectOf } from '../diff/object-change';
import { inTemplate } from '../diff/template';
import type { Entry } from '../source/objects';
import type { Consequence, EffectRule } from './consequence';
import type { Surroundings } from './surroundings';

const ROLLING = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout', 'ReplicationController']);
const LATER = new Set(['CronJob', 'ScaledJob', 'ReplicaSet', 'PodTemplate']);

/** Pods that are replaced: any difference in the template is a new one, also that of order alone. */
export const restart: EffectRule = function* (change, around) {
  const entry = subjectOf(change);
  const { kind } = entry.object;
  if (!podOf(entry.object) || (!ROLLING.has(kind) && !LATER.has(kind))) return;
  const fields = inTemplate(change.differences);
  if (fields.length === 0) return;
  if (LATER.has(kind)) {
    yield { effect: 'other', risk: 'low', reason: 'takes effect for pods that are made from now on', fields };
    return;
  }
  yield* rolling(entry, fields, around);
};

function* rolling(entry: Entry, fields: readonly Difference[], around: Surroundings): Iterable<Consequence> {
  const { object } = entry;
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') {
    yield { effect: 'restart', risk: 'low', reason: 'pods take it when they are deleted (OnDelete)', fields };
    return;
  }
  const { min, max } = around.head.scaleOf(entry);
  const pods = object.kind === 'DaemonSet' ? 'its pod on every node' : podCount(min, max);
  const isOrderOnly = fields.every(({ isOrder }) => isOrder);
  const lists = fields.map(({ steps }) => formatSteps(steps.slice(-1))).join(', ');
  const reason = isOrderOnly ? `restarts ${pods} although only the order of ${lists} differs` : `restarts ${pods}`;
  const isGap = object.kind !== 'DaemonSet' && max === 1 && !surges(entry);
  yield {
    effect: 'restart',
    risk: max === 0 ? 'low' : 'medium',
    reason: isGap ? `${reason}; nothing serves until the new one is ready` : reason,
    general: isOrderOnly ? `restarts pods although only the order of ${lists} differs` : 'restarts their pods',
    fields,
  };
}

function podCount(min: number, max: number): string {
  if (max === 0) return 'nothing now (0 replicas)';
  if (min === max) return max === 1 ? 'its only pod' : `its ${max} pods`;
  return `its ${min} to ${max} pods`;
}

/** Whether a new pod is ready before the old one goes. */
function surges({ object }: Entry): boolean {
  if (object.kind !== 'Deployment') return false;
  if (textAt(object, 'spec', 'strategy', 'type') === 'Recreate') return false;
  const surge = at(object, 'spec', 'strategy', 'rollingUpdate', 'maxSurge') ?? '25%';
  return surge !== 0 && surge !== '0%' && surge !== '0';
}
