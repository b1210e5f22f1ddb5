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

test('a part of an unknown add-on, and a provided chart that is none, are errors', () => {
  const part = { addon: 'dns', resourcesAt: 'resources', count: 1 };
  expect(chartProblems(withChart({ parts: [part] }))[0]).toMatchObject({ key: 'parts[0].addon', value: '"dns"' });
  const cluster = { ...platform.clusters.local, provides: ['metrics'] } as Platform['clusters'][string];
  expect(chartProblems({ ...platform, clusters: { ...platform.clusters, local: cluster } })).toEqual([
    expect.objectContaining({ file: 'platform/clusters.ts', key: 'local.provides[0]', value: '"metrics"' }),
  ]);
});
