import type { Leg } from './plan-all';
import { walkPlan, type Walked } from './walk-plan';

const legs: Leg[] = [
  { cluster: 'edge-1', from: 'phase-3', to: 'phase-3' },
  { cluster: 'europe-west4', from: 'phase-2', to: 'phase-3' },
  { cluster: 'europe-west1', from: 'none', to: 'phase-3' },
];

/** What happens in which order; `no` is a cluster whose step nobody wants, `fails` one whose gate does not pass. */
async function walk({ no, fails }: { no?: string; fails?: string } = {}): Promise<Walked & { log: string[] }> {
  const log: string[] = [];
  const note = (what: string, { cluster }: Leg): void => {
    log.push(`${what} ${cluster}`);
  };
  const walked = await walkPlan(legs, {
    mustBeReady: (leg) => {
      note('ready', leg);
      return Promise.resolve();
    },
    wanted: (leg) => {
      note('ask', leg);
      return Promise.resolve(leg.cluster !== no);
    },
    made: (leg) => {
      note('make', leg);
      return Promise.resolve(leg.cluster !== fails);
    },
  });
  return { ...walked, log };
}

test('each step is looked at, asked for and made before the next one is looked at', async () => {
  const { log, passed, at } = await walk();
  expect(log).toEqual(
    ['edge-1', 'europe-west4', 'europe-west1'].flatMap((name) => [`ready ${name}`, `ask ${name}`, `make ${name}`]),
  );
  expect([passed, at]).toEqual([legs, undefined]);
});

test('a gate that does not pass ends it: the clusters after it are not touched', async () => {
  const { log, passed, at, because } = await walk({ fails: 'europe-west4' });
  expect(log.at(-1)).toBe('make europe-west4');
  expect([passed.length, at, because]).toEqual([1, legs[1], 'gate']);
});

test('who says no ends it before the step', async () => {
  const { log, because } = await walk({ no: 'europe-west4' });
  expect([log.at(-1), because]).toEqual(['ask europe-west4', 'no']);
});
