import { schedule } from '../../platform/schedule';
import { siteOf } from '../../testing/site';
import { isPromotion, planSteps } from './plan';
import { closedWindow } from './window';

const west4 = siteOf('europe-west4').cluster;
const standby = siteOf('europe-west1').cluster;
const ALL = ['phase-1', 'phase-2', 'phase-3'] as const;

const way = (...args: Parameters<typeof planSteps>): string[] =>
  planSteps(...args).map(({ from, to }) => `${from}..${to}`);

test('one phase at a time, up and down', () => {
  expect(way(west4, 'none', 'phase-3', ALL)).toEqual(['none..phase-1', 'phase-1..phase-2', 'phase-2..phase-3']);
  expect(way(west4, 'phase-3', 'phase-1', ALL)).toEqual(['phase-3..phase-2', 'phase-2..phase-1']);
});

test('a cluster begins with its own first phase', () => {
  expect(way(standby, 'none', 'phase-3', ALL)).toEqual(['none..phase-3']);
  expect(() => planSteps(standby, 'none', 'phase-1', ALL)).toThrow(
    /takes part from phase-3 on[^]*--to with one of phase-3/,
  );
});

test('a cluster that is there has its gate watched', () => {
  expect(way(west4, 'phase-1', 'phase-1', ALL)).toEqual(['phase-1..phase-1']);
});

test('a phase that is not built is refused', () => {
  expect(() => planSteps(west4, 'phase-1', 'phase-3', ['phase-1', 'phase-2'])).toThrow(/phase-3 is not built yet/);
});

test('promotions go up; the beginning is one', () => {
  expect([isPromotion({ from: 'none', to: 'phase-1' }), isPromotion({ from: 'phase-2', to: 'phase-1' })]).toEqual([
    true,
    false,
  ]);
});

describe('the window of europe-west4: closed on weekdays from 7 to 20 in Amsterdam', () => {
  test.each([
    // In August Amsterdam is two hours ahead of UTC, in January one.
    ['Monday 06:59', '2026-08-03T04:59:00Z', true],
    ['Monday 07:00', '2026-08-03T05:00:00Z', false],
    ['Friday 19:59', '2026-08-07T17:59:00Z', false],
    ['Friday 20:00', '2026-08-07T18:00:00Z', true],
    ['Saturday noon', '2026-08-08T10:00:00Z', true],
    ['Sunday noon', '2026-08-09T10:00:00Z', true],
    ['Monday 06:59 in winter', '2026-01-05T05:59:00Z', true],
    ['Monday 07:00 in winter', '2026-01-05T06:00:00Z', false],
  ])('%s', (_, time, open) => {
    expect(closedWindow(schedule, Date.parse(time)) === undefined).toBe(open);
  });

  test('where promotions are always allowed, no hour is closed', () => {
    expect(closedWindow({ ...schedule, promotion: 'always' }, Date.parse('2026-08-03T10:00:00Z'))).toBeUndefined();
  });
});
