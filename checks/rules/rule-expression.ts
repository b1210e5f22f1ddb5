import { parseExpression, PromqlError } from '../../model/promql/expression';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';
import { expressionsOf } from '../set/alert-rules';

const alert = (expr: string): string =>
  sampleObject(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    `groups:\n  - name: web\n    rules:\n      - alert: Slow\n        expr: ${expr}`,
  );

/** Expressions that Prometheus could not read. */
export const ruleExpression: Rule = {
  id: 'rule-expression',
  title: "expressions of Prometheus's rules are PromQL",
  severity: 'error',
  why: 'The operator leaves the whole PrometheusRule out, with every alert in it, and says so only in its log.',
  fix: 'mend the expression; promtool check rules says more',
  sources: ['https://prometheus.io/docs/prometheus/latest/querying/basics/'],
  kinds: ['PrometheusRule'],
  check(object, report) {
    for (const { keys, text } of expressionsOf(object)) {
      try {
        parseExpression(text);
      } catch (error) {
        if (!(error instanceof PromqlError)) throw error;
        report(keys, error.message);
      }
    }
  },
  samples: {
    pass: alert('sum(rate(requests_total[5m])) > 10'),
    fail: alert('sum(rate(requests_total[5m]) > 10'),
  },
};
