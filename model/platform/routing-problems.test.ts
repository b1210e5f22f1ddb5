import { platform } from '../../platform/platform';
import type { Platform } from './platform';
import type { Routing } from './routing';
import { matches, spanSeconds } from './routing';
import { routingProblems } from './routing-problems';

const { routing } = platform;

function messages(change: Partial<Routing>): string[] {
  const data: Platform = { ...platform, routing: { ...routing, ...change } };
  return routingProblems(data).map(({ key, message }) => `${key} ${message}`);
}

const INHIBITION = { why: 'a test of inhibitions', equal: [] };
const [first] = routing.routes;

test('what we have is right', () => {
  expect(messages({})).toEqual([]);
});

test.each<[string, Partial<Routing>, string]>([
  ['a receiver that is not there', { routes: [{ ...must(first), match: {}, receiver: 'sms' }] }, 'is no receiver'],
  ['alerts that no route takes', { routes: [must(first)] }, 'would go nowhere'],
  [
    'a heartbeat receiver that gets alerts too',
    { routes: [{ ...must(first), match: {}, receiver: 'heartbeat' }] },
    'they would count as heartbeats',
  ],
  [
    'one heartbeat address for all regions',
    {
      receivers: {
        ...routing.receivers,
        heartbeat: {
          kind: 'webhook',
          description: 'The same address for all',
          key: 'alerts-heartbeat',
          perRegion: false,
          resolved: false,
        },
      },
    },
    'the beat of one would hide that another has stopped',
  ],
  [
    'a heartbeat that may not be late once',
    { deadMansSwitch: { ...routing.deadMansSwitch, every: '3m' } },
    'less than two heartbeats',
  ],
  [
    'an inhibition that silences the heartbeat',
    { inhibitions: [{ ...INHIBITION, source: { alertname: 'ZoneLost' }, target: { severity: 'ticket' } }] },
    "may silence the dead man's switch",
  ],
  [
    'an inhibition by the alert that always fires',
    { inhibitions: [{ ...INHIBITION, source: { alertname: 'Watchdog' }, target: { alertname: 'NodeLost' } }] },
    'fires always',
  ],
  [
    'two receivers that share a key',
    {
      receivers: {
        ...routing.receivers,
        second: { kind: 'pagerduty', description: 'The same as the pager', key: 'alerts-pager-key' },
      },
    },
    'is the key of pager too',
  ],
])('refuses %s', (_, change, expected) => {
  expect(messages(change)).toEqual([expect.stringContaining(expected)]);
});

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('no route');
  return value;
}

test('a missing label is empty, as it is for Prometheus', () => {
  expect(matches({ severity: ['page', 'ticket'] }, { severity: 'ticket' })).toBe(true);
  expect(matches({ severity: 'page' }, {})).toBe(false);
  expect(matches({}, {})).toBe(true);
});

test.each([
  ['30s', 30],
  ['1h30m', 5400],
  ['1d', 86_400],
])('%s are %d seconds', (text, seconds) => {
  expect(spanSeconds(text)).toBe(seconds);
});
