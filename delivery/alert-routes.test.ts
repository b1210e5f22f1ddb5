import { matches, type Match } from '../model/platform/routing';
import { charts } from '../platform/charts';
import { platform } from '../platform/platform';
import { amtool } from '../testing/amtool';
import { renderedAlerts, type RenderedAlert } from '../testing/rendered-alerts';
import { alertmanagerConfig } from './alertmanager';

const { routing } = platform;
const alerts = renderedAlerts(platform);
const config = alertmanagerConfig(routing, true);

/** Who hears of a severity. */
const RECEIVER: Readonly<Record<string, string>> = { page: 'pager', ticket: 'tickets' };

const cases = new Map(
  alerts.map(({ alert, labels }) => [`${alert} ${labels.severity ?? ''}`, { alertname: alert, ...labels }]),
);

test.each([...cases])('%s: amtool says that it reaches whom it should', (_, labels: Record<string, string>) => {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  const text = RECEIVER[labels.severity ?? ''];
  expect(amtool(config, ['config', 'routes', 'test'], pairs)).toEqual({ ok: true, text });
});

test('the alert that always fires is a rule of the chart, which nobody may switch off', () => {
  const { values } = charts['kube-prometheus-stack'];
  const { defaultRules = {} } = values as { defaultRules?: { create?: boolean; disabled?: Record<string, boolean> } };
  expect(routing.deadMansSwitch.alert).toBe('Watchdog');
  expect(defaultRules.create ?? true).toBe(true);
  expect(defaultRules.disabled ?? {}).not.toHaveProperty('Watchdog');
});

/** Alerts that a match takes, by what their rule says of them; labels of the expression are not known. */
function taken(match: Match): RenderedAlert[] {
  const known = new Set(['alertname', 'severity']);
  const part = Object.fromEntries(Object.entries(match).filter(([label]) => known.has(label)));
  return alerts.filter(({ alert, labels }) => matches(part, { alertname: alert, severity: labels.severity ?? '' }));
}

test.each(routing.inhibitions.map((inhibition) => [inhibition.why, inhibition] as const))(
  'inhibition of %s: both alerts are there, and none is held back by a quieter one',
  (_, { source, target }) => {
    for (const match of [source, target]) {
      const missing = [match.alertname ?? []]
        .flat()
        .filter((name) => taken({ ...match, alertname: name }).length === 0);
      expect(missing).toEqual([]);
    }
    const quietest = Math.min(...taken(source).map(loudness));
    for (const held of taken(target)) expect([held.alert, loudness(held) <= quietest]).toEqual([held.alert, true]);
  },
);

function loudness({ labels }: RenderedAlert): number {
  return labels.severity === 'page' ? 2 : labels.severity === 'ticket' ? 1 : 0;
}
