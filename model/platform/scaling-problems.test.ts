import { platform } from '../../platform/platform';
import type { Platform } from './platform';
import { formatProblem } from './problems';
import { scalingProblems } from './scaling-problems';

/** AIA with one workload changed. */
function changed(name: string, change: (workload: Record<string, unknown>) => Record<string, unknown>): Platform {
  const workload = platform.workloads[name] as unknown as Record<string, unknown>;
  return { ...platform, workloads: { ...platform.workloads, [name]: change(workload) } } as Platform;
}

const messages = (input: Platform): string[] => scalingProblems(input, ['phase-1', 'phase-2']).map(formatProblem);

const inPhase2 = (field: string, values: object) => (workload: Record<string, unknown>) => ({
  ...workload,
  [field]: { 'phase-2': { ...(workload[field] as Record<string, object>)['phase-2'], ...values } },
});

test("the platform's own data is sound", () => {
  expect(messages(platform)).toEqual([]);
});

describe('whoever changes a minimum is told what must follow', () => {
  test('lowered to the budget: no pod could ever be evicted', () => {
    const lowered = changed('ml-inference-service', (workload) => ({
      ...workload,
      replicas: { 'phase-1': 3, 'phase-2': 2 },
    }));
    expect(messages(lowered)).toEqual([
      expect.stringMatching(
        /ml-inference-service\.ts: budget\.minAvailable: 2 lets no pod go at the minimum of 2.*\n {2}Fix: lower it to 1, or raise the replicas to 3/,
      ),
    ]);
  });

  test('raised to the peak floor and above the fallback: floor and fallback would do nothing', () => {
    const raised = changed('ml-inference-service', (workload) => ({
      ...workload,
      replicas: { 'phase-1': 3, 'phase-2': 5 },
    }));
    expect(messages(raised)).toEqual([
      expect.stringMatching(
        /autoscaling\.phase-2\.peakReplicas: 4 is not above the minimum of 5.*\n {2}Fix: write 6 to 6/,
      ),
      expect.stringMatching(
        /autoscaling\.phase-2\.fallback\.replicas: 4 is not within the minimum of 5 and the maximum of 6/,
      ),
    ]);
  });

  test('raised to the maximum: nothing is left to scale', () => {
    const raised = changed('api', (workload) => ({ ...workload, replicas: { 'phase-1': 3, 'phase-2': 5 } }));
    expect(messages(raised)).toEqual([
      expect.stringMatching(/api\.ts: autoscaling\.phase-2\.maxReplicas: 5 leaves no room above the minimum of 5/),
    ]);
  });

  test('lowered to one: an autoscaled workload needs two', () => {
    const lowered = changed('neuro-interface', (workload) => ({
      ...workload,
      replicas: { 'phase-1': 2, 'phase-2': 1 },
    }));
    expect(messages(lowered)).toEqual([
      expect.stringMatching(/neuro-interface\.ts: replicas\.phase-2: 1 is the minimum of an autoscaled workload/),
    ]);
  });
});

test('a rollout that takes more pods than the budget lets go is refused: nobody holds a rollout to its budget', () => {
  const hasty = changed('api', (workload) => ({ ...workload, rollout: { maxSurge: 0, maxUnavailable: 2 } }));
  expect(messages(hasty)).toEqual([
    expect.stringMatching(/api\.ts: rollout\.maxUnavailable: 2 lets a rollout take more pods than the 1/),
  ]);
});

test('an autoscaler on a container that is not there would be blind', () => {
  const blind = changed('api', inPhase2('autoscaling', { cpu: { container: 'app', averageUtilization: 60 } }));
  expect(messages(blind)).toEqual([
    expect.stringMatching(/autoscaling\.phase-2\.cpu\.container: "app" is no container.*blind.*\n {2}Fix: write api/),
  ]);
});

describe('bounds of vertical scaling', () => {
  test.each([
    [
      'below half the request',
      { minAllowed: { memory: '1Gi' } },
      /minAllowed\.memory: "1Gi" is below half the request of "2560Mi"/,
    ],
    [
      'above nine tenths of the limit',
      { maxAllowed: { memory: '3800Mi' } },
      /maxAllowed\.memory: "3800Mi" is above nine tenths of the limit of "4Gi"/,
    ],
    [
      'the wrong way round',
      { minAllowed: { memory: '3Gi' }, maxAllowed: { memory: '2Gi' } },
      /minAllowed\.memory: "3Gi" is above maxAllowed, "2Gi"/,
    ],
    ['on no container', { container: 'app' }, /container: "app" is no container of this workload/],
  ])('%s are refused', (_, values, expected) => {
    expect(messages(changed('cognitive-processor', inPhase2('verticalScaling', values)))).toEqual([
      expect.stringMatching(expected),
    ]);
  });
});
