import { platform } from '../../platform/platform';
import { formatProblem } from './problems';
import { undeclaredCalls } from './undeclared-calls';

function withConfig(name: string, config: Record<string, string>): string[] {
  const workload = platform.workloads[name];
  if (workload === undefined) throw new Error(`no ${name}`);
  const changed = { ...platform, workloads: { ...platform.workloads, [name]: { ...workload, config } } };
  return undeclaredCalls(changed).map(formatProblem);
}

test("the platform's own settings hold no addresses of workloads", () => {
  expect(undeclaredCalls(platform)).toEqual([]);
});

test.each([
  'ml-inference-service:8500',
  'http://ml-inference-service/v1',
  'http://ml-inference-service.aia.svc.cluster.local:8500',
  'grpc://ml-inference-service.aia:8500',
])('a call to ML written by hand as %s is refused, and told how to declare it', (value) => {
  expect(withConfig('api', { MODELS: value })).toEqual([
    expect.stringMatching(
      /api\.ts: config\.MODELS: .* is an address of ml-inference-service.*\n {2}Fix: remove it, add api to the callers in platform\/workloads\/ml-inference-service\.ts, and read ML_INFERENCE_SERVICE_ADDRESS/,
    ),
  ]);
});

test('one pod of a store by name is an address too', () => {
  expect(
    withConfig('ws-gateway', { STORE: 'neural-store-0.neural-store-headless.aia.svc.cluster.local:5432' }),
  ).toHaveLength(1);
});

test('a declared call needs no address of its own', () => {
  expect(withConfig('api', { STORE: 'neural-store:5432' })).toEqual([
    expect.stringMatching(/read NEURAL_STORE_ADDRESS, which is there already/),
  ]);
});

test.each(['https://api.example.com/v1', 'api', 'the api: fast', 'a,b', 'api.example.com:443'])(
  '%s is no address of a workload',
  (value) => {
    expect(withConfig('neuro-interface', { SETTING: value })).toEqual([]);
  },
);
