import { platform } from '../platform/platform';
import { alertCases } from '../testing/alert-cases';
import type { AlertCase, SeriesOf } from '../testing/alert-cases/case';
import { checkRules, groupsOf, testRules, type Group, type RuleTest } from '../testing/promtool';
import { renderPlatform } from './render';

const CLUSTER = 'europe-west4';
const cells = renderPlatform(platform).cells.map(({ phase, cluster, objects }) => ({
  phase,
  cluster: cluster.name,
  groups: groupsOf(objects.map(({ object }) => object)),
}));

/** The rules of one alert at phase 3, with whatever is recorded: promtool evaluates all that it is given, every minute. */
function rulesOf(on: string, name: string): Group[] {
  const { groups = [] } = cells.find(({ phase, cluster }) => phase === 'phase-3' && cluster === on) ?? {};
  const kept = groups.map((group) => ({
    ...group,
    rules: group.rules.filter(({ alert, record }) => alert === name || record === 'platform:deployment_health:ratio'),
  }));
  return kept.filter(({ rules }) => rules.length > 0);
}

const input = (series: SeriesOf): RuleTest['input_series'] =>
  Object.entries(series).map(([name, values]) => ({ series: name, values }));

test.each(cells)('promtool accepts every rule: $phase, $cluster', ({ cluster, groups }) => {
  // An edge site has no Prometheus, nor a laptop whose add-ons are not ours.
  if (groups.length === 0) {
    expect(['edge-1', 'local']).toContain(cluster);
    return;
  }
  const { ok, text } = checkRules(groups);
  expect(text).toMatch(/SUCCESS: \d+ rules found/);
  expect(ok).toBe(true);
});

test('promtool refuses what is no rule', () => {
  const broken = { name: 'broken', rules: [{ record: 'x', expr: 'sum(rate(x[5m])' }] };
  expect(checkRules([broken]).ok).toBe(false);
});

function tests({ alert, severity, what, fires, at, labels, summary, runbook, quiet }: AlertCase): RuleTest[] {
  const firing = {
    exp_labels: { severity, ...labels },
    exp_annotations: {
      summary,
      runbook_url: `https://git.example.com/aia/aia-gitops/blob/main/docs/runbooks/${runbook}.md`,
    },
  };
  const last = Math.max(...Object.values(quiet).map(lengthOf));
  return [
    {
      name: `${alert}: ${what}`,
      interval: '1m',
      input_series: input(fires),
      alert_rule_test: [
        { eval_time: `${at - 1}m`, alertname: alert, exp_alerts: [] },
        { eval_time: `${at}m`, alertname: alert, exp_alerts: [firing] },
      ],
    },
    {
      name: `${alert} stays quiet, not: ${what}`,
      interval: '1m',
      input_series: input(quiet),
      promql_expr_test: [neverFired(alert, severity, last)],
    },
  ];
}

/** Nothing fired of a severity until a minute, whenever. */
function neverFired(alert: string, severity: string, minute: number): object {
  const fired = `ALERTS{alertname="${alert}",alertstate="firing",severity="${severity}"}`;
  return { expr: `count(count_over_time(${fired}[${minute}m]))`, eval_time: `${minute}m`, exp_samples: [] };
}

/** Samples that promtool makes of `1x4 0x25`: 5 and 26. */
function lengthOf(values: string): number {
  return values
    .split(' ')
    .map((part) => 1 + Number(/x(\d+)$/.exec(part)?.[1] ?? 0))
    .reduce((sum, count) => sum + count, 0);
}

describe('each alert fires at the right minute, with its words, and not without a reason', () => {
  const named = [...new Set(alertCases.map(({ alert, cluster = CLUSTER }) => `${alert} ${cluster}`))];

  test.each(named)('%s', (name) => {
    const [alert = '', on = ''] = name.split(' ');
    const cases = alertCases.filter((one) => one.alert === alert && (one.cluster ?? CLUSTER) === on);
    const { ok, text } = testRules(rulesOf(on, alert), cases.flatMap(tests));
    expect(ok ? '' : text).toBe('');
  });

  test('and every alert has such a case', () => {
    const burns = Object.values(platform.objectives.objectives).flatMap((objective) =>
      'target' in objective ? [objective.alert] : [],
    );
    const told = new Set(alertCases.map(({ alert, severity }) => `${alert} ${severity}`));
    const alerts = cells
      .flatMap(({ groups }) => groups)
      .flatMap(({ rules }) => rules)
      .filter(({ alert }) => alert !== undefined && !burns.includes(alert))
      .map(({ alert, labels }) => `${alert} ${labels?.severity}`);
    expect([...new Set(alerts)].filter((name) => !told.has(name))).toEqual([]);
    expect(alerts.length).toBeGreaterThan(100);
  });
});
