import { existsSync } from 'node:fs';
import path from 'node:path';
import { DASHBOARD_LABEL } from '../model/platform/grafana';
import { hasMonitoring } from '../model/platform/monitoring';
import type { Place } from '../model/platform/presence';
import { parseExpression } from '../model/promql/expression';
import { labelReport } from '../model/promql/labels';
import { withoutVariables } from '../model/promql/variables';
import { renderPlatform } from '../phases/render';
import { charts } from '../platform/charts';
import { platform } from '../platform/platform';
import { promtoolFaults } from '../testing/promtool';
import type { BoardSpec, PanelSpec } from './board';
import { namesAt } from './names';
import { allBoards, boardsAt, dashboardsAt } from '.';

const root = path.join(__dirname, '..');
const { cells } = renderPlatform(platform);
const watched = cells.filter(({ cluster }) => hasMonitoring(cluster));
const place = (phase: Place['phase'], name = 'europe-west4'): Place => {
  const cell = watched.find((entry) => entry.phase === phase && entry.cluster.name === name);
  if (cell === undefined) throw new Error(`no Grafana on ${name} in ${phase}`);
  return { platform, phase, cluster: cell.cluster };
};
const full = place('phase-3');
const labelsOf = namesAt(full);

/** What is wrong with a query of a dashboard. */
function problemsOf(expr: string): readonly string[] {
  return labelReport(parseExpression(withoutVariables(expr)), labelsOf).problems;
}

const panels = (boards: readonly BoardSpec[]): [string, PanelSpec][] =>
  boards.flatMap(({ uid, rows }) =>
    rows.flatMap((row) =>
      row.panels.map((panel): [string, PanelSpec] => [`${uid}: ${row.title} / ${panel.title}`, panel]),
    ),
  );

test.each(panels(allBoards(full)))('%s asks for metrics and labels that somebody exposes', (_, { queries }) => {
  for (const { expr, legend } of queries) {
    expect([expr, problemsOf(expr)]).toEqual([expr, []]);
    // A legend that names a label which is gone shows nothing.
    const { labels } = labelReport(parseExpression(withoutVariables(expr)), labelsOf);
    for (const [, label] of (legend ?? '').matchAll(/\{\{(\w+)\}\}/g)) expect(labels).toContain(label);
  }
});

test.each([
  ['sum(rate(istio_request_total[$__rate_interval]))', 'istio_request_total: nobody exposes it'],
  ['sum(rate(container_spec_cpu_quota[5m]))', 'container_spec_cpu_quota: nobody exposes it'],
  [
    'sum by (workload) (kube_pod_status_ready{namespace="aia"})',
    'sum by (workload): there is no such label to group by',
  ],
  ['istio_requests_total{destination="$workload"}', 'istio_requests_total has no label destination'],
])('%s would be found', (expr, problem) => {
  expect(problemsOf(expr)).toEqual([problem]);
});

test('promtool takes every query; one that needs a range and has none, it refuses', () => {
  const queries = panels(allBoards(full)).flatMap(([, panel]) =>
    panel.queries.map(({ expr }) => withoutVariables(expr)),
  );
  expect(queries.length).toBeGreaterThan(100);
  expect(promtoolFaults(queries)).toBe('');
  expect(promtoolFaults(['rate(up)'])).toContain('expected type range vector');
});

test('a full region in phase 3 shows every panel; nothing is left out since its name is wrong', () => {
  expect(panels(boardsAt(full)).map(([name]) => name)).toEqual(panels(allBoards(full)).map(([name]) => name));
});

test.each(watched.map(({ phase, cluster }) => [phase, cluster.name] as const))(
  '%s on %s shows no panel whose metrics are not there',
  (phase, cluster) => {
    const here = place(phase, cluster);
    const names = namesAt(here);
    const asked = panels(boardsAt(here)).flatMap(([, { queries }]) => queries.map(({ expr }) => expr));
    expect(asked.length).toBeGreaterThan(30);
    for (const expr of asked) expect(labelReport(parseExpression(withoutVariables(expr)), names).problems).toEqual([]);
  },
);

test('phase 1 has no mesh: what users feel is not measured there, and the dashboard of the mesh is left out', () => {
  const boards = boardsAt(place('phase-1'));
  expect(boards.map(({ uid }) => uid)).not.toContain('aia-mesh');
  expect(JSON.stringify(boards)).not.toMatch(/istio_|keda_|kueue_/);
});

test('addresses in Grafana never change', () => {
  expect(dashboardsAt(full).map(({ uid }) => uid)).toEqual([
    'aia-overview',
    'aia-workload',
    'aia-ml',
    'aia-mesh',
    'aia-capacity',
    'aia-gitops',
  ]);
});

test('every panel says in words what it shows, and its runbook exists', () => {
  for (const [name, { description, runbook }] of panels(allBoards(full))) {
    expect([name, description.length > 15]).toEqual([name, true]);
    if (runbook === undefined) continue;
    expect([name, existsSync(path.join(root, `docs/runbooks/${runbook}.md`))]).toEqual([name, true]);
  }
});

test('a dashboard offers each choice that its queries use, and uses each that it offers', () => {
  for (const { uid, choices, rows } of allBoards(full)) {
    const text = JSON.stringify(rows);
    const used = [...text.matchAll(/\$\{?([a-z]\w*)/g)].map(([, name]) => name);
    expect([uid, new Set(used)]).toEqual([uid, new Set((choices ?? []).map(({ name }) => name))]);
  }
});

test('objectives and limits are those of the data', () => {
  const overview = JSON.stringify(allBoards(full).find(({ uid }) => uid === 'aia-overview'));
  // Seed: 99.9 % available, p95 under 200 ms.
  expect(overview).toContain('Promised: 99.9 %');
  expect(overview).toContain('"steps":[{"from":200,"color":"red"}]');
  expect(overview).toContain('slo:availability_errors:ratio_rate1h / 0.001');
  expect(overview).toContain('{"from":14.4,"color":"red"}');
  const slower = { ...platform, mesh: { ...platform.mesh, responseTimeObjectiveMs: 250 } };
  expect(JSON.stringify(allBoards({ ...full, platform: slower }))).toContain('"steps":[{"from":250,"color":"red"}]');
});

describe('as ConfigMaps', () => {
  const maps = watched.flatMap(({ phase, cluster, objects }) =>
    objects
      .filter(({ object }) => object.metadata.labels?.[DASHBOARD_LABEL.label] === DASHBOARD_LABEL.labelValue)
      .map(({ layer, object }) => ({ at: `${phase} ${cluster.name}`, layer, object })),
  );

  test('each dashboard of each cluster with a Grafana is one, in the layer platform, and no other cluster has any', () => {
    expect(new Set(maps.map(({ layer }) => layer))).toEqual(new Set(['platform']));
    expect(maps).toHaveLength(watched.flatMap(({ phase, cluster }) => boardsAt(place(phase, cluster.name))).length);
    const others = cells.filter(({ cluster }) => !hasMonitoring(cluster));
    expect(others.map(({ cluster }) => cluster.name)).toContain('edge-1');
    expect(JSON.stringify(others.map(({ objects }) => objects))).not.toContain(DASHBOARD_LABEL.label);
  });

  test('the sidecar looks for that label, in every namespace, and puts them into a folder', () => {
    const { dashboards } = charts['kube-prometheus-stack'].values.grafana.sidecar;
    expect(dashboards).toMatchObject({
      ...DASHBOARD_LABEL,
      searchNamespace: 'ALL',
      folderAnnotation: 'grafana_folder',
    });
    for (const { object } of maps) expect(object.metadata.annotations?.grafana_folder).toBe('AIA');
  });

  test('they fit: the API server refuses a ConfigMap of more than 1 MiB', () => {
    for (const { at, object } of maps) {
      const bytes = Buffer.byteLength(JSON.stringify(object));
      // Half of it, so that a row more does not break a sync.
      expect([at, object.metadata.name, bytes < 512 * 1024]).toEqual([at, object.metadata.name, true]);
    }
  });

  test('no data source is named but by variable', () => {
    for (const { object } of maps) {
      const [json] = Object.values((object as unknown as { data: Record<string, string> }).data);
      const sources = [...(json ?? '').matchAll(/"uid": "([^"]*)"/g)].map(([, uid]) => uid);
      // The dashboard's own comes once; Grafana's built-in source of annotations is not in it.
      expect(new Set(sources)).toEqual(new Set(['${datasource}', object.metadata.name.replace('dashboard-', '')]));
    }
  });
});
