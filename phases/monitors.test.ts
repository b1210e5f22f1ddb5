import type { KubeObject } from '../model/kube-object';
import { seriesByName } from '../model/platform/metric';
import { named } from '../model/platform/named';
import { parseExpression } from '../model/promql/expression';
import { labelReport } from '../model/promql/labels';
import { charts } from '../platform/charts';
import { platform } from '../platform/platform';
import { requestQueries } from '../rollout/gates/prometheus';
import { field } from '../testing/rendered';
import { renderCluster, renderPlatform, type Cell } from './render';

const { cells } = renderPlatform(platform);
const monitors = (cell: Cell): Map<string, KubeObject> =>
  new Map(cell.objects.flatMap(({ object }) => (object.kind === 'PodMonitor' ? [[object.metadata.name, object]] : [])));
const meshed = cells.filter(({ phase, cluster }) => cluster.mesh && phase !== 'phase-1');

test.each(meshed.map((cell) => [`${cell.phase} on ${cell.cluster.name}`, cell] as const))(
  '%s: Prometheus finds the gateway, at which the objectives are measured, and istiod',
  (_, cell) => {
    const gateway = monitors(cell).get('istio-gateway');
    // Where the chart puts the gateway, and how it labels its pods: platform/charts/istio-gateway.ts.
    const { namespace, values } = charts['istio-gateway'];
    expect(field(gateway, 'spec', 'namespaceSelector', 'matchNames')).toEqual([namespace]);
    expect(field(gateway, 'spec', 'selector', 'matchLabels')).toEqual(values.labels);
    expect(address(gateway)).toBe('$1:15020');
    const istiod = monitors(cell).get('istiod');
    expect(field(istiod, 'spec', 'namespaceSelector', 'matchNames')).toEqual([charts.istiod.namespace]);
    expect(address(istiod)).toBe('$1:15014');
  },
);

test.each(meshed.map((cell) => [`${cell.phase} on ${cell.cluster.name}`, cell] as const))(
  '%s: whoever owes metrics by contract and runs here is read',
  (_, cell) => {
    const contracts = named(platform.metrics).filter(({ contract }) => contract === true);
    expect(contracts.length).toBeGreaterThan(0);
    for (const { name } of contracts) expect([name, monitors(cell).has(name)]).toEqual([name, true]);
  },
);

test('Argo CD is read from phase 1 on, under the names of its own manifests, and keeps the namespace of applications', () => {
  for (const cell of cells.filter(({ cluster }) => ['full', 'standby'].includes(cluster.role))) {
    const controller = monitors(cell).get('argocd-application-controller');
    expect(field(controller, 'spec', 'namespaceSelector', 'matchNames')).toEqual(['argocd']);
    expect(field(controller, 'spec', 'podMetricsEndpoints', 0, 'honorLabels')).toBe(true);
    expect(address(controller)).toBe('$1:8082');
    expect(address(monitors(cell).get('argocd-repo-server'))).toBe('$1:8084');
  }
});

test('nothing is monitored where no Prometheus is: at an edge site, and on a laptop without the charts', () => {
  for (const cell of cells.filter(({ cluster }) => ['edge', 'laptop'].includes(cluster.role)))
    expect([cell.cluster.name, [...monitors(cell).keys()]]).toEqual([cell.cluster.name, []]);
});

test('a cluster whose Argo CD runs on a hub does not look for it', () => {
  const full = { ...platform.clusters['europe-west4'], name: 'europe-west4', destination: 'https://10.0.0.1' };
  const [phase1] = renderCluster(platform, full as Cell['cluster']);
  expect(phase1?.phase).toBe('phase-1');
  expect(phase1?.objects.filter(({ object }) => object.kind === 'PodMonitor')).toEqual([]);
});

test('the figures of a rollout are asked of metrics that there are', () => {
  const series = seriesByName(named(platform.metrics));
  for (const query of Object.values(requestQueries(platform, 600)))
    expect(labelReport(parseExpression(query), (name) => series.get(name)?.labels)).toEqual({
      labels: new Set(),
      problems: [],
    });
});

test('charts that bring a monitor are told to, and come after the kinds that it needs', () => {
  expect(charts.keda.values.prometheus.operator).toMatchObject({ enabled: true, serviceMonitor: { enabled: true } });
  expect(charts['cert-manager'].values.prometheus.servicemonitor).toEqual({ enabled: true, honorLabels: true });
  expect(charts['external-secrets'].values.serviceMonitor).toMatchObject({ enabled: true, honorLabels: true });
  expect(charts.kueue.values.enablePrometheus).toBe(true);
  for (const { after } of [charts.keda, charts['cert-manager'], charts['external-secrets'], charts.kueue])
    expect(after).toContain('prometheus-operator-crds');
});

function address(monitor: KubeObject | undefined): unknown {
  const relabelings = field(monitor, 'spec', 'podMetricsEndpoints', 0, 'relabelings') as Record<string, unknown>[];
  return relabelings.find(({ targetLabel }) => targetLabel === '__address__')?.replacement;
}
