import type { Place } from '../platform/presence';
import { parseExpression } from '../promql/expression';
import { labelReport, type LabelsOf } from '../promql/labels';
import { rulesOn } from './rules';

/** What rules of a place record, with the labels that each series has by its expression. */
export function recordedAt(place: Place, labelsOf: LabelsOf): ReadonlyMap<string, ReadonlySet<string>> {
  const recorded = new Map<string, ReadonlySet<string>>();
  for (const { groups } of rulesOn(place))
    for (const rule of groups.flatMap(({ rules }) => rules)) {
      if (!('record' in rule)) continue;
      // In the order in which Prometheus evaluates them: a rule may read what those before it have recorded.
      const { labels } = labelReport(parseExpression(rule.expr), (name) => labelsOf(name) ?? recorded.get(name));
      recorded.set(rule.record, labels ?? new Set());
    }
  return recorded;
}
