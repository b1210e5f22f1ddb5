import { asList, asRecord, at, textAt } from '../../model/manifest/access';
import { parseExpression, PromqlError, type Expression } from '../../model/promql/expression';
import { sampleObject } from '../samples';
import { comparisonsOf } from '../set/alert-rules';
import type { SetRule } from '../set-rule';

/** Burn rates of the Workbook's table: 2 % of a 30-day budget in an hour, 5 % in six, 10 % in a day or in three. */
const FACTORS = [14.4, 6, 3, 1];
/** Binary fractions leave dust behind: 14.4 × 0.001 is 0.0144 and a little. */
const DUST = 1e-9;

const rules = (threshold: string): string =>
  sampleObject(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    `groups:
  - name: web
    rules:
      - record: slo:web_errors:ratio_rate1h
        expr: sum(rate(errors_total[1h])) / sum(rate(requests_total[1h]))
      - record: slo:web_errors:ratio_rate5m
        expr: sum(rate(errors_total[5m])) / sum(rate(requests_total[5m]))
      - record: slo:web_budget:left30d
        expr: 1 - avg_over_time(slo:web_errors:ratio_rate5m[30d]) / 0.001
      - alert: Burn
        expr: slo:web_errors:ratio_rate1h > 0.0144 and slo:web_errors:ratio_rate5m > ${threshold}`,
  );

/** Thresholds of burn-rate alerts that don't belong to the budget beside them. */
export const ruleBurn: SetRule = {
  id: 'rule-burn',
  title: 'thresholds of burn-rate alerts are the budget times a factor, the same over both windows',
  severity: 'error',
  why: 'A target that was changed without its alerts wakes people for nothing, or not at all; two windows with two thresholds are neither sure nor quick.',
  fix: 'write the budget times 14.4, 6, 3 or 1 at both windows',
  sources: ['https://sre.google/workbook/alerting-on-slos/'],
  checkSet(set, report) {
    for (const member of set.ofKind('monitoring.coreos.com', 'PrometheusRule')) {
      asList(at(member.object, 'spec', 'groups')).forEach((group, index) => {
        const all = asList(asRecord(group)?.rules);
        const budget = all.flatMap((rule) => budgetIn(rule) ?? [])[0];
        if (budget === undefined) return;
        all.forEach((rule, position) => {
          if (textAt(rule, 'alert') === undefined) return;
          const fault = faultOf(thresholds(textAt(rule, 'expr') ?? ''), budget);
          if (fault !== undefined) report(member, ['spec', 'groups', index, 'rules', position, 'expr'], fault);
        });
      });
    }
  },
  samples: { pass: rules('0.0144'), fail: rules('0.0144 * 2') },
};

/** Share of events that may be bad, as the recording of what is left of it divides by it. */
function budgetIn(rule: unknown): number | undefined {
  if (!/^slo:.*_budget:left\d+d$/.test(textAt(rule, 'record') ?? '')) return undefined;
  const budget = Number(/\/ ([0-9.]+)$/.exec(textAt(rule, 'expr') ?? '')?.[1]);
  return budget > 0 ? budget : undefined;
}

function faultOf(found: readonly number[], budget: number): string | undefined {
  if (new Set(found).size > 1) return `compares its windows with ${found.join(' and ')}`;
  const wrong = found.find((value) => !FACTORS.some((factor) => Math.abs(value / budget - factor) < DUST));
  return wrong === undefined
    ? undefined
    : `compares with ${wrong}, which is ${Number((wrong / budget).toPrecision(4))} times the budget of ${budget}`;
}

/** What the shares of errors are compared with. */
function thresholds(text: string): readonly number[] {
  let expression: Expression;
  try {
    expression = parseExpression(text);
  } catch (error) {
    if (error instanceof PromqlError) return [];
    throw error;
  }
  return comparisonsOf(expression)
    .filter(({ selectors }) => selectors.some(({ metric }) => /^slo:.*_errors:ratio_rate/.test(metric ?? '')))
    .map(({ numbers }) => numbers.reduce((product, value) => product * value, 1));
}
