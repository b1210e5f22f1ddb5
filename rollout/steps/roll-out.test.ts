import type { PhaseId } from '../../model/platform/phase';
import { siteOf } from '../../testing/site';
import { nodesAreGone, nodesAreThere } from '../pools/wait-for-nodes';
import type { StepContext } from './context';
import { rollOut } from './roll-out';
import { runStep } from './run-step';

jest.mock('../pools/wait-for-nodes');
jest.mock('./run-step');

/** What happens in which order on the way of the steps; `fails` is the phase whose gate does not pass. */
async function order(steps: readonly [PhaseId, PhaseId][], fails?: PhaseId): Promise<string[]> {
  const log: string[] = [];
  jest.mocked(nodesAreThere).mockImplementation((_, from, to) => {
    log.push(`nodes ${from}..${to}`);
    return Promise.resolve(true);
  });
  jest.mocked(nodesAreGone).mockImplementation((_, phase) => {
    if (phase === 'phase-1') return Promise.resolve(false);
    log.push(`gone ${phase}`);
    return Promise.resolve(true);
  });
  jest.mocked(runStep).mockImplementation((_, step) => {
    log.push(`step ${step.from}..${step.to}`);
    return Promise.resolve({ step, passed: step.to !== fails, why: '', diagnoses: [], runbooks: [] });
  });
  const context = {
    site: siteOf('europe-west4'),
    clone: { head: () => Promise.resolve('0'.repeat(40)) },
    stop: new AbortController().signal,
  } as unknown as StepContext;
  await rollOut(
    context,
    steps.map(([from, to]) => ({ from, to })),
    {
      onStep: () => undefined,
      onMake: () => {
        log.push('makes');
      },
      onResult: () => undefined,
      mustBeReady: ({ to }) => {
        log.push(`ready ${to}`);
        return Promise.resolve();
      },
    },
  );
  return log;
}

test.each([
  ['phase-2', 'phase-3'],
  ['phase-3', 'phase-2'],
] as const)('%s to %s: nodes, preflight, step, drain, gate again', async (from, to) => {
  expect(await order([[from, to]])).toEqual([
    `nodes ${from}..${to}`,
    `ready ${to}`,
    'makes',
    `step ${from}..${to}`,
    `gone ${to}`,
    'makes',
    `step ${to}..${to}`,
  ]);
});

test('a step after one that exchanges nodes is looked at before it is made: it could not be looked at before those', async () => {
  const log = await order([
    ['phase-3', 'phase-2'],
    ['phase-2', 'phase-1'],
  ]);
  expect(log.slice(-3)).toEqual(['ready phase-1', 'makes', 'step phase-2..phase-1']);
  expect(await order([['phase-2', 'phase-1']])).toEqual(['makes', 'step phase-2..phase-1']);
});

test('a killed rollout whose step is on the branch still waits for the drain', async () => {
  expect(await order([['phase-3', 'phase-3']])).toEqual([
    'makes',
    'step phase-3..phase-3',
    'gone phase-3',
    'makes',
    'step phase-3..phase-3',
  ]);
});

test('where the gate does not pass no node is drained, and no further step made', async () => {
  const log = await order(
    [
      ['phase-3', 'phase-2'],
      ['phase-2', 'phase-1'],
    ],
    'phase-2',
  );
  expect(log).toEqual(['nodes phase-3..phase-2', 'ready phase-2', 'makes', 'step phase-3..phase-2']);
});
