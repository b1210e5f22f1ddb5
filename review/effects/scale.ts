import { asNumber, at } from '../../model/manifest/access';
import type { Entry } from '../source/objects';
import { fieldAt, fieldsAt, type Consequence, type EffectRule } from './consequence';
import { boundsOf, targetOf, type Surroundings } from './surroundings';

/** Replicas, autoscalers and budgets, looked at where they are fewest and most. */
export const scale: EffectRule = function* (change, around) {
  const { base, head } = change;
  if (!head) return;
  const { kind } = head.object;
  if (kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject') yield* autoscaler(change, around);
  if (kind === 'PodDisruptionBudget') yield* budget(change, around);
  if (base && ['Deployment', 'StatefulSet', 'Rollout', 'ReplicaSet'].includes(kind))
    yield* replicas(change, base, head, around);
};

function* replicas(
  change: Parameters<EffectRule>[0],
  base: Entry,
  head: Entry,
  around: Surroundings,
): Iterable<Consequence> {
  const field = fieldAt(change, /^spec\/replicas$/);
  if (!field) return;
  const { min, max, autoscaler: scaler } = around.head.scaleOf(head);
  if (scaler !== undefined) {
    const isDropped = field.after === undefined || field.after === null;
    const isIgnored = ignoresReplicas(head, around);
    const reason = isDropped
      ? `replicas is left to ${scaler}: unless the Application ignores and respects the field in the same commit, the workload drops to 1 for a moment`
      : isIgnored
        ? `${scaler} decides between ${min} and ${max}; Argo CD ignores the field`
        : `${scaler} decides between ${min} and ${max}: Argo CD sets ${shownNumber(field.after)} at every sync and the two fight`;
    yield { effect: 'scale', risk: isIgnored ? 'low' : isDropped ? 'high' : 'medium', reason, fields: [field] };
    return;
  }
  const before = asNumber(field.before) ?? around.base.scaleOf(base).min;
  const after = asNumber(field.after) ?? 1;
  if (after === before) return;
  const isLess = after < before;
  const risk = after === 0 ? 'high' : !isLess ? 'low' : after * 2 <= before ? 'high' : 'medium';
  const reason = `${isLess ? 'fewer' : 'more'} replicas: ${before} → ${after}${after === 0 ? ', nothing runs' : ''}`;
  yield { effect: 'scale', risk, reason: `${reason}${budgetText(head, after, after, around)}`, fields: [field] };
}

function* autoscaler(change: Parameters<EffectRule>[0], around: Surroundings): Iterable<Consequence> {
  const { base, head } = change;
  if (!head) return;
  const bounds = fieldsAt(change, /^spec\/(min|max)Replica(s|Count)$/);
  const others = fieldsAt(change, /^spec\/(?!(min|max)Replica)/);
  if (base && bounds.length > 0) {
    const [old, now] = [boundsOf(base.object), boundsOf(head.object)];
    const isLess = now.min < old.min || now.max < old.max;
    const isMuchLess = now.min * 2 <= old.min || now.max * 2 <= old.max;
    const text = `${targetOf(head.object)} scales between ${now.min} and ${now.max} replicas, before ${old.min} and ${old.max}`;
    const workload = around.head.workloads.find(
      (one) =>
        one.place === head.place &&
        one.name.namespace === head.name.namespace &&
        `${one.object.kind}/${one.name.name}` === targetOf(head.object),
    );
    const budgets = workload ? budgetText(workload, now.min, now.max, around) : '';
    yield {
      effect: 'scale',
      risk: isMuchLess && isLess ? 'high' : isLess ? 'medium' : 'low',
      reason: `${text}${budgets}`,
      fields: bounds,
    };
  }
  if (others.length > 0) {
    yield { effect: 'scale', risk: 'low', reason: 'scales at other moments or in other steps', fields: others };
  }
}

function* budget(change: Parameters<EffectRule>[0], around: Surroundings): Iterable<Consequence> {
  const { base, head } = change;
  if (!head) return;
  const fields = fieldsAt(change, /^spec\//);
  if (base && fields.length === 0) return;
  const covered = around.head.workloads.filter((workload) => around.head.budgetsOf(workload).includes(head));
  for (const workload of covered) {
    const { min, max } = around.head.scaleOf(workload);
    const [least, most] = [allowed(head, min), allowed(head, max)];
    if (!base && least > 0) continue;
    const was =
      base === undefined ? '' : `, before ${allowed(base, min)} of ${min} and ${allowed(base, max)} of ${max}`;
    const reason = `lets ${least} of ${min} pods of ${workload.name.name} go at the minimum, ${most} of ${max} at the maximum${was}`;
    yield {
      effect: 'scale',
      risk: least <= 0 && min > 0 ? 'high' : 'low',
      reason: least <= 0 ? `${reason}: node drains hang` : reason,
      fields,
    };
  }
  if (covered.length === 0 && base) {
    yield {
      effect: 'scale',
      risk: 'medium',
      reason: 'selects no workload in its folder: nothing is protected',
      fields,
    };
  }
}

/** What budgets allow at both ends, as the end of a sentence; empty where there is no budget. */
function budgetText(workload: Entry, min: number, max: number, around: Surroundings): string {
  return around.head
    .budgetsOf(workload)
    .map((entry) => {
      const [least, most] = [allowed(entry, min), allowed(entry, max)];
      const hangs = least <= 0 && min > 0 ? ': node drains hang' : '';
      return `; budget ${entry.name.name} lets ${least} of ${min} go${min === max ? '' : `, ${most} of ${max}`}${hangs}`;
    })
    .join('');
}

/** Pods that may go at once of so many, as the disruption controller counts: percentages round up. */
function allowed({ object }: Entry, pods: number): number {
  const unavailable = at(object, 'spec', 'maxUnavailable');
  const available = at(object, 'spec', 'minAvailable');
  if (unavailable !== undefined) return Math.min(pods, amount(unavailable, pods));
  return Math.max(0, pods - amount(available ?? 0, pods));
}

function amount(value: unknown, pods: number): number {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '0';
  return text.endsWith('%') ? Math.ceil((Number.parseFloat(text) * pods) / 100) : Number(text);
}

/** Whether an Application that covers the object leaves `replicas` to others, while syncing too. */
function ignoresReplicas(head: Entry, around: Surroundings): boolean {
  return around.head.deployersOf(head.place).some(({ entry }) => {
    const { object } = entry;
    const options = at(object, 'spec', 'syncPolicy', 'syncOptions');
    const isRespected = Array.isArray(options) && options.includes('RespectIgnoreDifferences=true');
    const ignored = at(object, 'spec', 'ignoreDifferences');
    const names = (one: unknown): boolean =>
      at(one, 'kind') === head.object.kind &&
      (at(one, 'name') === undefined || at(one, 'name') === head.name.name) &&
      JSON.stringify([at(one, 'jsonPointers'), at(one, 'jqPathExpressions')]).includes('spec') &&
      JSON.stringify(one).includes('replicas');
    return isRespected && Array.isArray(ignored) && ignored.some(names);
  });
}

function shownNumber(value: unknown): string {
  return typeof value === 'number' ? String(value) : 'its value';
}
