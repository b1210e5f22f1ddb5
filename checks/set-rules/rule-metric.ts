import { metricsOf } from '../../model/promql/expression';
import { sampleObject } from '../samples';
import { alertRules } from '../set/alert-rules';
import type { SetRule } from '../set-rule';

const rules = (read: string): string =>
  sampleObject(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    `groups:\n  - name: web\n    rules:\n      - record: web:requests:rate5m\n        expr: sum(rate(http_requests_total[5m]))\n      - alert: Busy\n        expr: ${read} > 100`,
  );

/** Whether a name is one that rules record: exporters have no colons in theirs. */
const isRecorded = (metric: string): boolean => metric.includes(':');

/** Rules that read what nobody writes. */
export const ruleMetric: SetRule = {
  id: 'rule-metric',
  title: 'what a rule of Prometheus reads is recorded or exposed',
  severity: 'error',
  why: 'A query for a series that does not exist answers with nothing, and an alert on nothing never fires.',
  fix: 'write the name as the rule that records it, or the program that exposes it, has it',
  sources: ['https://prometheus.io/docs/practices/rules/#naming'],
  checkSet(set, report, { metrics }) {
    const all = alertRules(set);
    if (all.length === 0) return;
    const recorded = new Set(all.flatMap(({ record }) => record ?? []));
    for (const { member, keys, expression } of all) {
      for (const metric of expression === undefined ? [] : metricsOf(expression)) {
        if (recorded.has(metric)) continue;
        if (isRecorded(metric)) {
          // Others' recordings may come with a chart that is not here.
          const severity = recorded.size > 0 ? undefined : 'info';
          report(member, keys, `reads ${metric}, which no rule here records`, severity && { severity });
        } else if (metrics !== undefined && !metrics.has(metric)) {
          report(member, keys, `reads ${metric}, which nothing in the catalogue exposes`, {
            fix: 'add it to platform/metrics/ with where it comes from, or write the name that is there',
          });
        }
      }
    }
  },
  samples: { pass: rules('web:requests:rate5m'), fail: rules('web:requests:rate10m') },
};
