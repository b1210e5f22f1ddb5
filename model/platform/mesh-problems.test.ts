import { platform } from '../../platform/platform';
import { meshProblems } from './mesh-problems';
import type { Platform } from './platform';
import { formatProblem } from './problems';

const messages = (input: Platform): string[] => meshProblems(input, ['phase-1', 'phase-2']).map(formatProblem);

/** AIA with one call declared otherwise. */
function withCall(callee: string, caller: string, call: object): Platform {
  const workload = platform.workloads[callee];
  if (workload === undefined) throw new Error(`no ${callee}`);
  const callers = { ...workload.callers, [caller]: call };
  return { ...platform, workloads: { ...platform.workloads, [callee]: { ...workload, callers } } };
}

/** AIA with one workload's circuit breaker changed. */
function withEjection(name: string, maxEjectionPercent: number): Platform {
  const changed = structuredClone(platform);
  const destination = changed.workloads[name]?.mesh.destination;
  if (destination === undefined) throw new Error(`${name} has no destination`);
  destination.outlierDetection.maxEjectionPercent = maxEjectionPercent;
  return changed;
}

test("the platform's own calls nest", () => {
  expect(messages(platform)).toEqual([]);
});

test('a caller that gives up before its callee does is refused', () => {
  expect(messages(withCall('cognitive-processor', 'api', { timeoutMs: 500 }))).toEqual([
    expect.stringMatching(
      /cognitive-processor\.ts: callers\.api\.timeoutMs: 500 is shorter than the 600 ms that cognitive-processor waits for ml-inference-service.*\n {2}Fix: write 600 or more/,
    ),
  ]);
});

test('retries that do not fit into the timeout are refused: two tries of 280 ms and a pause of 25 need 585', () => {
  const retries = { attempts: 1, perTryTimeoutMs: 280, on: ['connect-failure'] };
  expect(messages(withCall('ml-inference-service', 'cognitive-processor', { timeoutMs: 584, retries }))).toEqual([
    expect.stringMatching(/callers\.cognitive-processor\.timeoutMs: 584 is too short for 2 tries of 280 ms.*585 ms/),
  ]);
  expect(messages(withCall('ml-inference-service', 'cognitive-processor', { timeoutMs: 585, retries }))).toEqual([]);
});

test('two layers that both repeat are refused: tries multiply just when something fails', () => {
  const retries = { attempts: 1, perTryTimeoutMs: 700, on: ['connect-failure'] };
  expect(messages(withCall('cognitive-processor', 'api', { timeoutMs: 1450, retries }))).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /ml-inference-service\.ts: callers\.cognitive-processor\.retries: 1 repeats a call that api to cognitive-processor repeats too/,
      ),
    ]),
  );
});

test('an HTTP call needs a timeout unless it is a stream', () => {
  expect(messages(withCall('api', 'gateway', {}))).toEqual([
    expect.stringMatching(/api\.ts: callers\.gateway: \{\} needs a timeout/),
  ]);
  expect(messages(withCall('api', 'gateway', { streaming: true }))).toEqual([]);
});

test('a TCP call has neither timeout nor retries', () => {
  expect(messages(withCall('neural-store', 'api', { timeoutMs: 100 }))).toEqual([
    expect.stringMatching(/neural-store\.ts: callers\.api: .* only HTTP and gRPC have\n {2}Fix: write \{\}/),
  ]);
});

describe('a circuit breaker', () => {
  test('that could never open at the minimum of replicas is refused: 33 % of three pods is none', () => {
    expect(messages(withEjection('api', 33))).toEqual([
      expect.stringMatching(/maxEjectionPercent: 33 is less than one of 3 pods.*\n {2}Fix: write 34 or more/),
    ]);
  });

  test('of a primary is off on purpose', () => {
    expect(messages(withEjection('neural-store', 0))).toEqual([]);
  });
});

test('a port whose name hides its protocol is refused', () => {
  const changed = structuredClone(platform);
  const port = changed.workloads.api?.containers[0]?.ports[0];
  if (port === undefined) throw new Error('no port');
  port.name = 'web';
  expect(messages(changed)).toEqual([
    expect.stringMatching(
      /containers\[0\]\.ports\[0\]\.name: "web" does not begin with its protocol, http\n {2}Fix: write "http", or begin with "http-"/,
    ),
  ]);
});

test('buckets without the objective, and parts that add up to more than it, are refused', () => {
  const mesh = { ...platform.mesh, histogramBucketsMs: [100, 250], latencyBudgetMs: 11 };
  expect(messages({ ...platform, mesh })).toEqual([
    expect.stringMatching(/mesh\.ts: histogramBucketsMs: \[100,250\] has no bound at the objective of 200 ms/),
    expect.stringMatching(/mesh\.ts: responseTimeObjectiveMs: 200 is less than the 201 ms that its parts add up to/),
  ]);
});
