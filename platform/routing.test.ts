import { matches, type Inhibition } from '../model/platform/routing';
import { routing } from './routing';

type Labels = Readonly<Record<string, string>>;

/** As Alertmanager reads them: https://prometheus.io/docs/alerting/latest/configuration/#inhibition-related-settings */
function holdsBack({ source, target, equal }: Inhibition, one: Labels, other: Labels): boolean {
  return (
    matches(source, one) &&
    matches(target, other) &&
    equal.every((label) => (one[label] ?? '') === (other[label] ?? ''))
  );
}

const isHeldBack = (other: Labels, one: Labels): boolean =>
  routing.inhibitions.some((inhibition) => holdsBack(inhibition, one, other));

test.each<[string, Labels, Labels]>([
  [
    'the slow burn of a service that burns fast',
    { alertname: 'AvailabilityBudgetBurn', severity: 'ticket', service: 'api' },
    { alertname: 'AvailabilityBudgetBurn', severity: 'page', service: 'api' },
  ],
  ['the nodes of a zone that is lost', { alertname: 'NodeLost', node: 'core-1' }, { alertname: 'ZoneLost', zone: 'a' }],
  [
    'pods that wait for a node that is lost',
    { alertname: 'PodsWithoutNode' },
    { alertname: 'NodeLost', node: 'core-1' },
  ],
  [
    'an application whose sync fails, for being out of sync',
    { alertname: 'ApplicationOutOfSync', name: 'aia-workloads-europe-west4' },
    { alertname: 'ApplicationSyncFailing', name: 'aia-workloads-europe-west4' },
  ],
])('held back: %s', (_, other, one) => {
  expect(isHeldBack(other, one)).toBe(true);
});

test.each<[string, Labels, Labels]>([
  [
    'the slow burn of another service',
    { alertname: 'AvailabilityBudgetBurn', severity: 'ticket', service: 'ws-gateway' },
    { alertname: 'AvailabilityBudgetBurn', severity: 'page', service: 'api' },
  ],
  [
    'the latency of a service that fails',
    { alertname: 'LatencyBudgetBurn', severity: 'page', service: 'api' },
    { alertname: 'AvailabilityBudgetBurn', severity: 'page', service: 'api' },
  ],
  [
    'users that notice a lost zone',
    { alertname: 'AvailabilityBudgetBurn', severity: 'page' },
    { alertname: 'ZoneLost' },
  ],
  ['a lost zone by a lost node', { alertname: 'ZoneLost' }, { alertname: 'NodeLost' }],
  ['the heartbeat, by anything', { alertname: 'Watchdog' }, { alertname: 'ZoneLost' }],
])('told all the same: %s', (_, other, one) => {
  expect(isHeldBack(other, one)).toBe(false);
});

test('no alert holds itself back: Alertmanager lets that pass, and a reader would not know', () => {
  for (const inhibition of routing.inhibitions) {
    const names = [inhibition.source.alertname]
      .flat()
      .filter((name) => [inhibition.target.alertname].flat().includes(name));
    if (names.length > 0) expect(inhibition.source.severity).not.toEqual(inhibition.target.severity);
  }
});
