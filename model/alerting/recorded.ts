import type { Place } from '../platform/presence';
import { metricsOf, parseExpression } from '../promql/expression';
import { labelReport, type LabelsOf } from '../promql/labels';
import { objectiveGroups } from './objective-rules';

/**
 * What the rules of a place record, with the labels that each series has by its expression. Only objectives record; what
 * reads a metric that nothing exposes there is left out, as among the rules themselves.
 */
export function recordedAt(place: Place, exposed: LabelsOf): ReadonlyMap<string, ReadonlySet<string>> {
  const recorded = new Map<string, ReadonlySet<string>>();
  const labelsOf: LabelsOf = (name) => exposed(name) ?? recorded.get(name);
  for (const rule of objectiveGroups(place).flatMap(({ rules }) => rules)) {
    if (!('record' in rule)) continue;
    const expression = parseExpression(rule.expr);
    // In the order in which Prometheus evaluates them: a rule may read what those before it have recorded.
    if (metricsOf(expression).every((name) => labelsOf(name) !== undefined))
      recorded.set(rule.record, labelReport(expression, labelsOf).labels ?? new Set());
  }
  return recorded;
}
