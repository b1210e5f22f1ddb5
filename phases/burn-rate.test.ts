import { budgetOf } from '../model/alerting/objective-rules';
import { platform } from '../platform/platform';
import type { SeriesOf } from '../testing/alert-cases/case';
import { groupsOf, testRules, type Group, type RuleTest } from '../testing/promtool';
import { objectsOf } from '../testing/rendered';

const groups = groupsOf(objectsOf(platform, 'phase-3', 'europe-west4'));
const groupOf = (objective: string): Group[] => groups.filter(({ name }) => name === `objective-${objective}`);

/** What one alert reads, and nothing more: promtool evaluates days of whatever it is given. */
function neededFor(objective: string, window: string | undefined): Group[] {
  if (window === undefined) return groupOf(objective);
  return groupOf(objective).map(({ name, rules }) => {
    const kept = new Set(rules.filter(({ labels }) => labels?.window === window));
    for (const rule of [...rules].reverse()) {
      if ([...kept].some(({ expr }) => rule.record !== undefined && expr.includes(rule.record))) kept.add(rule);
    }
    return { name, rules: rules.filter((rule) => kept.has(rule)) };
  });
}

/** Site Reliability Workbook, chapter 5, table 5-8: burn rate, windows, part of the budget that is gone by then. */
const WORKBOOK = [
  { factor: 14.4, long: 1, short: 5 / 60, gone: 0.02 },
  { factor: 6, long: 6, short: 0.5, gone: 0.05 },
  { factor: 3, long: 24, short: 2, gone: 0.1 },
  { factor: 1, long: 72, short: 6, gone: 0.1 },
] as const;
const HOURS: Readonly<Record<string, number>> = { s: 1 / 3600, m: 1 / 60, h: 1, d: 24 };
const hours = (text: string): number => Number(text.slice(0, -1)) * (HOURS[text.slice(-1)] ?? NaN);

test('windows and factors are those of the Workbook, and so is the budget that is gone when they tell', () => {
  const { burnRates, windowDays } = platform.objectives;
  expect(burnRates.map(({ factor, long, short }) => ({ factor, long: hours(long), short: hours(short) }))).toEqual(
    WORKBOOK.map(({ factor, long, short }) => ({ factor, long, short })),
  );
  for (const { factor, long, short } of burnRates) {
    const row = WORKBOOK.find((one) => one.factor === factor);
    expect((factor * hours(long)) / (windowDays * 24)).toBeCloseTo(row?.gone ?? NaN, 6);
    // A twelfth of the long window, so that an alert ends soon after the errors.
    expect(hours(long) / hours(short)).toBeCloseTo(12, 6);
  }
});

test('99.9 % leave 43.2 minutes in 30 days, and thresholds have no dust of binary fractions', () => {
  const { availability, latency } = platform.objectives.objectives;
  if (availability?.kind !== 'availability' || latency?.kind !== 'latency') throw new Error('no such objective');
  expect([availability.target, latency.target]).toEqual([0.999, 0.95]);
  expect(budgetOf(availability) * platform.objectives.windowDays * 24 * 60).toBeCloseTo(43.2, 6);
  const thresholds = (objective: string): string[] =>
    groupOf(objective)
      .flatMap(({ rules }) => rules)
      .flatMap(({ alert, expr }) => (alert === undefined ? [] : (/> ([0-9.]+) and/.exec(expr)?.[1] ?? '')));
  expect(thresholds('availability')).toEqual(['0.0144', '0.006', '0.003', '0.001']);
  expect(thresholds('latency')).toEqual(['0.72', '0.3', '0.15', '0.05']);
});

/** A counter that grows by one pace, then by another: samples of one minute. */
function paces(...parts: readonly (readonly [perMinute: number, minutes: number])[]): string {
  let value = 0;
  return parts
    .map(([pace, minutes]) => {
      const text = `${value}+${pace}x${minutes - 1}`;
      value = Number((value + pace * minutes).toFixed(6));
      return text;
    })
    .join(' ');
}

const door = (metric: string, labels: Record<string, string>): string => {
  const all = {
    reporter: 'source',
    source_workload_namespace: 'istio-ingress',
    destination_workload_namespace: 'aia',
    ...labels,
  };
  return `${metric}{${Object.entries(all)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}}`;
};

/** 1,000 requests a minute, of which a share fails from one minute on. */
function failing(share: number, from: number, until: number): SeriesOf {
  const bad = 1000 * share;
  return {
    [door('istio_requests_total', { response_code: '200' })]: paces([1000, from], [1000 - bad, until - from]),
    [door('istio_requests_total', { response_code: '503' })]: paces([0, from], [bad, until - from]),
  };
}

/** Whether an alert of a window fires at some minutes. */
function firing(alert: string, window: string, moments: Readonly<Record<number, boolean>>): object[] {
  return Object.entries(moments).map(([minute, fires]) => ({
    expr: `count(ALERTS{alertname="${alert}",alertstate="firing",window="${window}"})`,
    eval_time: `${minute}m`,
    exp_samples: fires ? [{ labels: '{}', value: 1 }] : [],
  }));
}

function run(
  objective: string,
  tests: readonly Omit<RuleTest, 'interval' | 'input_series'>[],
  series: SeriesOf,
  { window, evaluation }: { window?: string; evaluation?: string } = {},
): void {
  const input = Object.entries(series).map(([name, values]) => ({ series: name, values }));
  const { ok, text } = testRules(
    neededFor(objective, window),
    tests.map((one) => ({ ...one, interval: '1m', input_series: input })),
    evaluation,
  );
  expect(ok ? '' : text).toBe('');
}

/**
 * The Workbook's formula for how long it takes to notice: threshold over error rate, times the long window. To it come
 * the minute in which the threshold is passed and `for`; averages of what is recorded over five minutes lag by two more.
 */
describe('a burn is told as soon as the formula says, and not before', () => {
  test.each([
    // Twice the threshold of 1.44 %: half of the hour, 30 minutes. 5 minutes are far above by then.
    { window: '1h', share: 0.0288, history: 120, after: 30, patience: 2, lag: 1 },
    // Twice 0.6 %: half of six hours.
    { window: '6h', share: 0.012, history: 400, after: 180, patience: 2, lag: 1 },
    // 0.3 of 0.55 %: 785 minutes of a day.
    { window: '1d', share: 0.0055, history: 1500, after: 785, patience: 15, lag: 4 },
    // 0.1 of 0.15 %: two thirds of three days, looked at every five minutes to be done sooner.
    { window: '3d', share: 0.0015, history: 4400, after: 2880, patience: 15, lag: 10, evaluation: '5m' },
  ])('$window at $share of all requests', ({ window, share, history, after, patience, lag, evaluation = '1m' }) => {
    const due = history + after + patience;
    run(
      'availability',
      [
        {
          name: window,
          promql_expr_test: firing('AvailabilityBudgetBurn', window, { [due - 1]: false, [due + lag]: true }),
        },
      ],
      failing(share, history, due + 10),
      { window, evaluation },
    );
  });

  test('an outage of all wakes somebody within four minutes, and the alert ends with it', () => {
    const begin = 120;
    const series = {
      [door('istio_requests_total', { response_code: '200' })]: paces([1000, begin], [0, 10], [1000, 60]),
      [door('istio_requests_total', { response_code: '503' })]: paces([0, begin], [1000, 10], [0, 60]),
    };
    // 0.9 minutes by the formula, two of patience; five minutes after its end the short window is clean.
    const moments = { [begin]: false, [begin + 4]: true, [begin + 10 + 6]: false };
    run(
      'availability',
      [{ name: 'outage', promql_expr_test: firing('AvailabilityBudgetBurn', '1h', moments) }],
      series,
    );
  });

  // A share that does not change is the same over every window from the beginning.
  test.each<[string, SeriesOf, 'page' | undefined]>([
    ['half of what is allowed', failing(0.0005, 1, 480), undefined],
    [
      'ten minutes at 5 %',
      {
        [door('istio_requests_total', { response_code: '200' })]: paces([1000, 300], [950, 10], [1000, 170]),
        [door('istio_requests_total', { response_code: '503' })]: paces([0, 300], [50, 10], [0, 170]),
      },
      'page',
    ],
    [
      'a request every five minutes, a third of which fails',
      {
        [door('istio_requests_total', { response_code: '200' })]: paces([0.13, 480]),
        [door('istio_requests_total', { response_code: '503' })]: paces([0.07, 480]),
      },
      'page',
    ],
    [
      'callers who ask for what is not there, and WebSockets',
      Object.fromEntries(
        ['200', '404', '101'].map((code) => [
          door('istio_requests_total', { response_code: code }),
          paces([1000, 480]),
        ]),
      ),
      undefined,
    ],
  ])('wakes nobody: %s', (name, series, severity) => {
    const fired = `ALERTS{alertstate="firing"${severity === undefined ? '' : `,severity="${severity}"`}}`;
    const never = { expr: `count(count_over_time(${fired}[470m]))`, eval_time: '470m', exp_samples: [] };
    run('availability', [{ name, promql_expr_test: [never] }], series);
  });
});

test.each(['200', '200.0'])('slow requests are counted by the bucket le="%s"', (le) => {
  const durations = 'istio_request_duration_milliseconds';
  const served = { response_code: '200' };
  // 80 % are slower than 200 ms from minute 120 on; 72 % is 14.4 times the budget of 5 %. 90 % of an hour.
  const series = {
    [door(`${durations}_count`, served)]: paces([1000, 300]),
    [door(`${durations}_bucket`, { ...served, le })]: paces([1000, 120], [200, 180]),
    [door(`${durations}_bucket`, { ...served, le: '500' })]: paces([1000, 300]),
  };
  const due = 120 + 54 + 2;
  run(
    'latency',
    [{ name: le, promql_expr_test: firing('LatencyBudgetBurn', '1h', { [due - 1]: false, [due + 1]: true }) }],
    series,
  );
});

test.each([
  ['biometric', 'BiometricBudgetBurn', 'aia_biometric_results_total'],
  ['cognitive', 'CognitiveBudgetBurn', 'aia_cognitive_results_total'],
])('what the workload counts itself: %s', (objective, alert, metric) => {
  const counter = (outcome: string): string => `${metric}{namespace="aia",pod="x",outcome="${outcome}"}`;
  // A budget of 1 %: 14.4 % is the threshold, half of the hour at 28.8 %.
  const series = {
    [counter('success')]: paces([1000, 120], [712, 100]),
    [counter('failure')]: paces([0, 120], [288, 100]),
  };
  const due = 120 + 30 + 2;
  run(
    objective,
    [{ name: objective, promql_expr_test: firing(alert, '1h', { [due - 1]: false, [due + 1]: true }) }],
    series,
  );
});

test('what is left of the budget is 1 before the first failure and half after half of it', () => {
  const left = (value: number): object[] => [
    {
      expr: 'slo:availability_budget:left30d',
      eval_time: '190m',
      exp_samples: [{ labels: 'slo:availability_budget:left30d', value }],
    },
  ];
  run('availability', [{ name: 'untouched', promql_expr_test: left(1) }], failing(0, 10, 200));
  const rounded = [
    {
      expr: 'round(slo:availability_budget:left30d, 0.05)',
      eval_time: '190m',
      exp_samples: [{ labels: '{}', value: 0.5 }],
    },
  ];
  run('availability', [{ name: 'half', promql_expr_test: rounded }], failing(0.0005, 1, 200));
});

test('the gate of phase 3 asks for exactly the alerts of the budgets', () => {
  const quiet = new RegExp(`^(?:${platform.gates.phases['phase-3'].quietAlerts ?? ''})$`);
  const burning = new Set(
    Object.values(platform.objectives.objectives).flatMap((one) => ('target' in one ? [one.alert] : [])),
  );
  const all = groups.flatMap(({ rules }) => rules.flatMap(({ alert }) => alert ?? []));
  expect([...new Set(all)].filter((name) => quiet.test(name)).sort()).toEqual([...burning].sort());
  expect(burning.size).toBe(4);
});
