import { seriesByName } from '../../model/platform/metric';
import { named } from '../../model/platform/named';
import { parseExpression } from '../../model/promql/expression';
import { labelReport } from '../../model/promql/labels';
import { charts } from '../charts';
import { platform } from '../platform';
import { shownNodeLabels } from './kube-state-metrics';
import { metrics } from '.';

const sources = named(platform.metrics);
const series = seriesByName(sources);

test('no two sources have the same name', () => {
  expect(series.size).toBeGreaterThan(100);
  const twice = named({ one: metrics.keda, other: metrics.keda });
  expect(() => seriesByName(twice)).toThrow('keda_scaler_active stands in the sources one and other');
});

test('a histogram has its three series, and only buckets have a bound', () => {
  const labels = (name: string): ReadonlySet<string> | undefined => series.get(name)?.labels;
  expect(labels('istio_request_duration_milliseconds')).toBeUndefined();
  expect(labels('istio_request_duration_milliseconds_bucket')?.has('le')).toBe(true);
  expect(labels('istio_request_duration_milliseconds_count')?.has('le')).toBe(false);
});

test('what a chart brings was read at the version that is pinned, and is there when the chart is', () => {
  for (const { name, chart, readAt, since, only } of sources) {
    if (chart === undefined) continue;
    const pinned = platform.charts[chart];
    expect([name, pinned?.since, pinned?.only]).toEqual([name, since, only]);
    // The monitoring chart names the versions of what it brings itself; they were read there.
    if (chart === 'kube-prometheus-stack') continue;
    expect([name, readAt.version.replace(/^(v|helm-chart-)/, '')]).toEqual([name, pinned?.version.replace(/^v/, '')]);
  }
});

test('nothing is catalogued that the chart drops before it is stored', () => {
  // Values of kube-prometheus-stack 88.5.3, kubelet.serviceMonitor.cAdvisorMetricRelabelings.
  const dropped =
    /^container_(cpu_(cfs_throttled_seconds_total|load_average_10s|system_seconds_total|user_seconds_total)|spec.*|memory_(mapped_file|swap)|file_descriptors|tasks_state|threads_max)$/;
  expect([...series.keys()].filter((name) => dropped.test(name))).toEqual([]);
  expect(charts['kube-prometheus-stack'].version).toBe('88.5.3');
});

test('what KEDA asks Prometheus for is in the catalogue, and its answer is one number', () => {
  const queries = Object.values(platform.workloads).flatMap((workload) =>
    workload.kind === 'CronJob'
      ? []
      : Object.values(workload.autoscaling ?? {}).flatMap((scaling) =>
          scaling.kind === 'ScaledObject' ? scaling.prometheus.map(({ query }) => query) : [],
        ),
  );
  expect(queries.length).toBeGreaterThan(0);
  for (const query of queries) {
    const report = labelReport(parseExpression(query), (name) => series.get(name)?.labels);
    expect([query, report.problems, [...(report.labels ?? [])]]).toEqual([query, [], []]);
  }
});

test('labels of nodes that the catalogue names are shown by kube-state-metrics', () => {
  expect(shownNodeLabels).toContain('topology.kubernetes.io/zone');
  expect(series.get('kube_node_labels')?.labels).toContain('label_topology_kubernetes_io_zone');
  expect(series.get('kube_node_labels')?.labels).toContain('label_aia_io_pool');
});
