import { platform } from '../../platform/platform';
import type { Chart, ChartData } from './chart';
import { chartProblems } from './chart-problems';
import type { Platform } from './platform';

const server = platform.charts['metrics-server'] as Chart;

function withChart(change: Partial<ChartData>): Platform {
  return { ...platform, charts: { ...platform.charts, 'metrics-server': { ...server, ...change } } };
}

test('the committed charts request what the totals count', () => {
  expect(chartProblems(platform)).toEqual([]);
});

test('a value that asks for more than the totals count is an error that names both', () => {
  const [problem, ...others] = chartProblems(
    withChart({ values: { resources: { requests: { cpu: '150m', memory: '200Mi' } } } }),
  );
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ file: 'platform/addons.ts', key: 'dns-and-metrics.requests' });
  expect(problem?.message).toContain('350m');
  expect(problem?.fix).toContain('metrics-server');
});

test('a part without a request is an error: its pods would be counted nowhere', () => {
  const problems = chartProblems(withChart({ values: { resources: { requests: { memory: '200Mi' } } } }));
  expect(problems[0]).toMatchObject({
    file: 'platform/charts/metrics-server.ts',
    key: 'values.resources.requests.cpu',
  });
});

describe('order', () => {
  const messages = (after: string[], change: Partial<ChartData> = {}): (string | undefined)[] =>
    chartProblems(withChart({ after, ...change })).map(({ key, message }) => `${key} ${message}`);

  test('a chart waits for one that is there whenever it is', () => {
    expect(messages(['cert-manager'])).toEqual([]);
    expect(messages(['cert-manger'])).toEqual(['after[0] is no chart']);
    const missing = 'is not on every cluster and in every phase where this chart is';
    expect(messages(['keda'])).toEqual([`after[0] ${missing}`]);
    expect(messages(['keda'], { since: 'phase-2' })).toEqual([`after[0] ${missing}`]);
    expect(messages(['keda'], { since: 'phase-2', only: 'autoscaling' })).toEqual([]);
  });

  test('charts after the layers have no order among themselves', () => {
    const message = 'orders a chart that comes after the layers, and all of those are synced together';
    expect(messages(['cert-manager'], { stage: 'after' })).toEqual([`after[0] ${message}`]);
    expect(messages(['victoria-logs-single'])).toEqual([`after[0] ${message}`]);
  });

  test('charts that wait for each other would wait for ever', () => {
    const { 'cert-manager': certManager, ...others } = withChart({ after: ['cert-manager'] }).charts;
    const circle = { ...others, 'cert-manager': { ...(certManager as Chart), after: ['metrics-server'] } };
    expect(chartProblems({ ...platform, charts: circle }).map(({ file, message }) => `${file} ${message}`)).toEqual([
      'platform/charts/cert-manager.ts waits for this chart itself',
      'platform/charts/metrics-server.ts waits for this chart itself',
    ]);
  });
});

test('pods that a chart adds at its maximum are counted at the maximum', () => {
  const part = { addon: 'dns-and-metrics', resourcesAt: 'resources', count: 1, countAtMaximum: 2 };
  expect(chartProblems(withChart({ parts: [part] }))).toEqual([
    expect.objectContaining({ key: 'dns-and-metrics.requestsAtMaximum', value: '300m, 384Mi' }),
  ]);
});

test('a part of an unknown add-on, and a provided chart that is none, are errors', () => {
  const part = { addon: 'dns', resourcesAt: 'resources', count: 1 };
  expect(chartProblems(withChart({ parts: [part] }))[0]).toMatchObject({ key: 'parts[0].addon', value: '"dns"' });
  const cluster = { ...platform.clusters.local, provides: ['metrics'] } as Platform['clusters'][string];
  expect(chartProblems({ ...platform, clusters: { ...platform.clusters, local: cluster } })).toEqual([
    expect.objectContaining({ file: 'platform/clusters.ts', key: 'local.provides[0]', value: '"metrics"' }),
  ]);
});
