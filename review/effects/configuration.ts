import { subjectOf } from '../diff/object-change';
import type { EffectRule } from './consequence';

const VALUES: ReadonlySet<unknown> = new Set(['data', 'stringData', 'binaryData']);

/** Configuration that pods read when they start: nothing restarts them when it changes. */
export const configuration: EffectRule = function* (change, { head, isRestarting }) {
  const entry = subjectOf(change);
  const { kind } = entry.object;
  if ((kind !== 'ConfigMap' && kind !== 'Secret') || change.kind !== 'changed') return;
  const fields = change.differences.filter(({ steps, harmless }) => harmless === undefined && VALUES.has(steps[0]));
  if (fields.length === 0) return;
  const readers = head
    .usesOf(entry)
    .filter(({ isAtStart, entry: { object } }) => isAtStart && object.kind !== 'CronJob' && object.kind !== 'Job')
    .map((use) => use.entry);
  const namesOf = (wanted: boolean): readonly string[] => [
    ...new Set(readers.filter((reader) => isRestarting(reader) === wanted).map(({ name }) => name.name)),
  ];
  const [waiting, restarting] = [namesOf(false), namesOf(true)];
  if (waiting.length > 0) {
    const [reads, is] = waiting.length === 1 ? ['reads', 'is'] : ['read', 'are'];
    const reason = `${waiting.join(', ')} ${reads} it at the start and ${is} not restarted by this change: running pods keep the old values`;
    yield { effect: 'other', risk: 'medium', reason, fields };
  } else if (restarting.length > 0) {
    yield {
      effect: 'other',
      risk: 'low',
      reason: `read by ${restarting.join(', ')}, restarted by this change`,
      fields,
    };
  }
};
