import fc from 'fast-check';
import { gates } from '../../platform/gates';
import type { Sample } from './sample';
import { judge, percent, type GateValue } from './verdict';

const gate = gates.phases['phase-1'];

type Workloads = readonly (readonly [name: string, available: number, desired: number])[];

function sample(workloads: Workloads, more: Partial<Sample> = {}): Sample {
  return {
    time: 0,
    workloads: workloads.map(([name, available, desired]) => ({
      ...{ kind: 'Deployment', name, available, desired, updated: desired, old: 0, complete: true },
    })),
    pods: [],
    blind: [],
    applications: [{ name: 'aia-root', sync: 'Synced', health: 'Healthy', messages: [] }],
    ...more,
  };
}

const value = (id: GateValue['id'], ...samples: Sample[]): GateValue => {
  const found = judge(gate, samples).values.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
};

/** Phase 1 has 19 pods; the numbers by workload are those of the platform design, section 6. */
const PHASE_1: Workloads = [
  ['api', 3, 3],
  ['biometric-processor', 2, 2],
  ['cognitive-cache', 3, 3],
  ['cognitive-processor', 2, 2],
  ['ml-inference-service', 3, 3],
  ['neural-store', 2, 2],
  ['neuro-interface', 2, 2],
  ['ws-gateway', 2, 2],
];

function without(pods: Readonly<Record<string, number>>): Sample {
  return sample(PHASE_1.map(([name, available, desired]) => [name, available - (pods[name] ?? 0), desired] as const));
}

test('85 % of 19 pods are 17 of them: 17 pass, 16 do not', () => {
  // 17 / 19 = 0.8947, 16 / 19 = 0.8421
  expect(value('health', without({ 'ml-inference-service': 1, api: 1 }))).toMatchObject({ ok: true, value: '89.4 %' });
  expect(value('health', without({ 'ml-inference-service': 1, api: 1, 'ws-gateway': 1 }))).toMatchObject({
    ok: false,
    value: '84.2 %',
    wanted: 'at least 85 %',
  });
});

test('95 % of 19 pods are all of them: 18 are 94.7 %', () => {
  const one = judge(gates.phases['phase-2'], [without({ api: 1 })]).values.find(({ id }) => id === 'health');
  expect(one).toMatchObject({ ok: false, value: '94.7 %' });
});

test('health is averaged over the dwell, not taken at one moment', () => {
  const [whole, half] = [sample([['api', 2, 2]]), sample([['api', 1, 2]])];
  // (1 + 1 + 1 + 0.5) / 4 = 0.875; (1 + 0.5) / 2 = 0.75
  expect(value('health', whole, whole, half, whole).ok).toBe(true);
  expect(value('health', whole, half).ok).toBe(false);
});

test('a service without a single pod fails the gate, whatever the sum says', () => {
  const down = without({ 'biometric-processor': 2 });
  expect(value('health', down).ok).toBe(true);
  expect(value('workloads', down)).toMatchObject({ ok: false, because: 'biometric-processor 0 %' });
  expect(judge(gate, [down]).passed).toBe(false);
});

const pod = (name: string, restarts: number, unscheduled?: string): Sample['pods'][0] => ({
  ...{ uid: name, name, owner: 'api-1', ready: true, restarts, trouble: [], createdAt: 0 },
  ...(unscheduled === undefined ? {} : { unscheduled }),
});

test('restarts count from the first look on; a pod that is new counts with all of its own', () => {
  const before = sample([['api', 2, 2]], { pods: [pod('old', 100)] });
  const after = sample([['api', 2, 2]], { pods: [pod('old', 104), pod('new', 6)] });
  expect(value('restarts', before, after)).toMatchObject({ value: '10', ok: true });
  const worse = sample([['api', 2, 2]], { pods: [pod('old', 105), pod('new', 6)] });
  expect(value('restarts', before, worse)).toMatchObject({ value: '11', ok: false, because: 'old 5, new 6' });
});

test('a pod without a node counts only where it had none through the whole dwell', () => {
  const waiting = sample([['api', 2, 2]], { pods: ['a', 'b', 'c'].map((name) => pod(name, 0, 'no room')) });
  const placed = sample([['api', 2, 2]], { pods: [pod('a', 0), pod('b', 0, 'no room'), pod('c', 0, 'no room')] });
  expect(value('pending', waiting, placed)).toMatchObject({ value: '2', ok: true });
  expect(value('pending', waiting, waiting)).toMatchObject({ value: '3', ok: false, because: 'a, b, c' });
});

test('an autoscaler that is blind all the time fails; one that has just not looked yet does not', () => {
  const blind = sample([['api', 2, 2]], {
    blind: [{ kind: 'ScaledObject', namespace: 'aia', name: 'ml', reason: 'x' }],
  });
  expect(value('autoscalers', blind, blind)).toMatchObject({ ok: false, because: 'ScaledObject ml' });
  expect(value('autoscalers', blind, sample([['api', 2, 2]])).ok).toBe(true);
});

test('phase 1 asks Argo CD for Synced, phase 2 for Healthy too', () => {
  const progressing = sample([['api', 2, 2]], {
    applications: [{ name: 'aia-workloads', sync: 'Synced', health: 'Progressing', messages: [] }],
  });
  const of = (phase: 'phase-1' | 'phase-2'): boolean | undefined =>
    judge(gates.phases[phase], [progressing]).values.find(({ id }) => id === 'argocd')?.ok;
  expect([of('phase-1'), of('phase-2')]).toEqual([true, false]);
});

test('without any application nothing is synced', () => {
  expect(value('argocd', sample([['api', 2, 2]], { applications: [] })).ok).toBe(false);
});

test('figures of requests count only where they were asked for, and no request is no failure', () => {
  const figures = { objectiveMs: 200, alerts: [] };
  const passed = (success?: number, fast?: number): boolean =>
    judge(gates.phases['phase-2'], [without({})], {
      ...figures,
      ...(success === undefined ? {} : { success }),
      ...(fast === undefined ? {} : { fast }),
    }).passed;
  expect(passed()).toBe(true);
  expect(passed(0.99, 0.95)).toBe(true);
  expect(passed(0.989, 0.99)).toBe(false);
  expect(passed(1, 0.949)).toBe(false);
});

test('an alert of the objectives fails phase 3', () => {
  const verdict = judge(gates.phases['phase-3'], [without({})], { objectiveMs: 200, alerts: ['ErrorBudgetBurn'] });
  expect(verdict.values.find(({ id }) => id === 'alerts')).toMatchObject({ ok: false, because: 'ErrorBudgetBurn' });
});

test('a figure is cut, never rounded up to what was wanted', () => {
  expect([percent(0.84999), percent(0.85), percent(1), percent(0.9989)]).toEqual(['84.9 %', '85 %', '100 %', '99.8 %']);
});

test('more available pods never turn a gate that passes into one that fails', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 6 }),
      (pairs) => {
        const workloads = pairs.map(
          ([available, desired], index) => [`w${index}`, Math.min(available, desired), desired] as const,
        );
        const more = workloads.map(([name, , desired]) => [name, desired, desired] as const);
        if (judge(gate, [sample(workloads)]).passed) expect(judge(gate, [sample(more)]).passed).toBe(true);
      },
    ),
  );
});
