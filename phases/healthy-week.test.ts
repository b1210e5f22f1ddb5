import { durationSeconds } from '../model/platform/objective';
import { platform } from '../platform/platform';
import { healthyWeek, WEEK } from '../testing/healthy-week';
import { groupsOf, testRules, type Group } from '../testing/promtool';
import { objectsOf } from '../testing/rendered';

/** Looking every five minutes is six times as fast; an alert that asks for less patience than that gets none. */
const EVALUATION = '5m';

function impatient({ name, rules }: Group): Group {
  return {
    name,
    rules: rules.map((rule) => {
      const patience = rule.for;
      if (typeof patience !== 'string' || durationSeconds(patience) >= durationSeconds(EVALUATION)) return rule;
      return { ...rule, for: '0m' };
    }),
  };
}

test('no alert fires in a healthy week, and something does when it is not', () => {
  const groups = groupsOf(objectsOf(platform, 'phase-3', 'europe-west4')).map(impatient);
  const input = Object.entries(healthyWeek).map(([series, values]) => ({ series, values }));
  const fired = (minutes: number): string =>
    `count by (alertname, service) (count_over_time(ALERTS{alertstate="firing"}[${minutes}m]))`;
  const week = {
    name: 'a healthy week',
    interval: '1m',
    input_series: input,
    promql_expr_test: [{ expr: fired(WEEK), eval_time: `${WEEK}m`, exp_samples: [] }],
  };
  // The same hours of the night without the proxies' certificates.
  const silent = {
    name: 'a night without proxies',
    interval: '1m',
    input_series: input.filter(({ series }) => !series.startsWith('istio_agent')),
    promql_expr_test: [
      { expr: fired(60), eval_time: '60m', exp_samples: [{ labels: '{alertname="MetricsMissing"}', value: 1 }] },
    ],
  };
  const { ok, text } = testRules(groups, [week, silent], EVALUATION);
  expect(ok ? '' : text).toBe('');
}, 300_000); // promtool takes some 40 s for the week.
