import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { platform } from '../../platform/platform';
import { requestFigures, requestQueries } from './prometheus';

const asked: string[] = [];
let answers: (query: string) => [status: number, body: unknown];
let server: Server;

beforeEach(async () => {
  asked.length = 0;
  server = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams.get('query') ?? '';
    asked.push(query);
    const [status, body] = answers(query);
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
/** As Prometheus answers an instant query (HTTP API, "Instant queries"). */
const vector = (...values: string[]): [number, unknown] => [
  200,
  {
    status: 'success',
    data: { resultType: 'vector', result: values.map((value) => ({ metric: {}, value: [0, value] })) },
  },
];
const ask = (phase: 'phase-2' | 'phase-3' = 'phase-2'): ReturnType<typeof requestFigures> =>
  requestFigures(address(), platform, platform.gates.phases[phase]);

test('the share of requests that succeed, and of those within 200 ms', async () => {
  answers = (query) => vector(query.includes('duration') ? '0.97' : '0.995');
  expect(await ask()).toEqual({ success: 0.995, fast: 0.97, objectiveMs: 200, alerts: [] });
});

test('the bound is read as both versions of Prometheus write it', () => {
  const { fast } = requestQueries(platform, 600);
  expect(fast).toContain('le=~"200(\\\\.0)?"');
  // PromQL anchors a regular expression, and `\\` in its string is one backslash.
  const bound = new RegExp(`^(?:${(/le=~"([^"]*)"/.exec(fast)?.[1] ?? '').replaceAll('\\\\', '\\')})$`);
  expect(['200', '200.0', '2000', '100', '20000'].filter((le) => bound.test(le))).toEqual(['200', '200.0']);
});

test('only what the front door saw counts, without WebSockets and mistakes of callers', () => {
  const { success } = requestQueries(platform, 600);
  expect(success).toContain('reporter="source"');
  expect(success).toContain('destination_workload_namespace="aia"');
  expect(success).toContain('response_code!~"0|101|4..|5.."');
  expect(success).toContain('[600s]');
});

test('no request is no figure: an empty answer, and zero over zero', async () => {
  answers = () => vector();
  expect(await ask()).toEqual({ objectiveMs: 200, alerts: [] });
  answers = () => vector('NaN');
  expect(await ask()).toEqual({ objectiveMs: 200, alerts: [] });
});

test('a service that answers nothing but errors has a figure: zero', () => {
  // Without "or vector(0)" its good requests would be an empty answer, and so no figure.
  expect(requestQueries(platform, 600).success).toMatch(/^\(sum\(.*\) or vector\(0\)\) \/ sum\(/);
});

test('alerts of the objectives that fire are named once each', async () => {
  const alert = (alertname: string): object => ({ metric: { alertname }, value: [0, '1'] });
  answers = (query) =>
    query.startsWith('ALERTS')
      ? [
          200,
          {
            status: 'success',
            data: { result: [alert('LatencyBurn'), alert('ErrorBudgetBurn'), alert('LatencyBurn')] },
          },
        ]
      : vector('1');
  expect((await ask('phase-3')).alerts).toEqual(['ErrorBudgetBurn', 'LatencyBurn']);
  expect(asked.find((query) => query.startsWith('ALERTS'))).toContain('alertstate="firing"');
});

test.each([
  ['an error of Prometheus', [422, { status: 'error', error: 'bad query' }] as [number, unknown], /bad query/],
  ['something else that listens there', [200, '<html>'] as [number, unknown], /does not answer/],
])('%s is told, with what to do', async (_, answer, said) => {
  answers = () => answer;
  await expect(ask()).rejects.toThrow(said);
  await expect(ask()).rejects.toThrow(/Fix: check --prometheus/);
});
