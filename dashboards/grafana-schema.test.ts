import type { ValidateFunction } from 'ajv';
import { hasMonitoring } from '../model/platform/monitoring';
import { named } from '../model/platform/named';
import { PHASE_IDS } from '../model/platform/phase';
import { platform } from '../platform/platform';
import { grafanaSchema } from '../testing/grafana-schema';
import { dashboardsAt } from '.';

type Json = Record<string, unknown>;
const KINDS = ['timeseries', 'stat', 'table'] as const;

const dashboard = grafanaSchema('dashboard', 'Dashboard');
const query = grafanaSchema('prometheus', 'Dataquery');
const optionsOf = new Map(KINDS.map((kind) => [kind as string, grafanaSchema(kind, 'Options')]));
/** A number on its own has no settings beyond its options. */
const customOf = new Map(['timeseries', 'table'].map((kind) => [kind, grafanaSchema(kind, 'FieldConfig')]));

const boards = named(platform.clusters)
  .filter(hasMonitoring)
  .flatMap((cluster) =>
    PHASE_IDS.flatMap((phase) =>
      dashboardsAt({ platform, cluster, phase }).map((board) => ({
        name: `${phase} ${cluster.name} ${board.uid}`,
        board,
      })),
    ),
  );

/** What the schemas of Grafana say of a dashboard, its panels' own options and its queries. */
function problemsOf(board: Json): string[] {
  const panels = (board.panels as Json[]).filter(({ type }) => type !== 'row');
  return [
    // Queries are declared as whatever a data source wants; they are held against the data source's own schema below.
    ...faults('dashboard', dashboard, {
      ...board,
      panels: (board.panels as Json[]).map(withoutTargets),
    }),
    ...panels.flatMap((panel) => {
      const title = String(panel.title);
      const options = optionsOf.get(String(panel.type));
      if (options === undefined) return [`${title}: no schema of ${String(panel.type)}`];
      const custom = customOf.get(String(panel.type));
      const written = ((panel.fieldConfig as Json).defaults as Json).custom;
      return [
        ...faults(title, options, panel.options),
        ...(custom === undefined || written === undefined ? [] : faults(title, custom, written)),
        ...(panel.targets as Json[]).flatMap((target) => faults(title, query, target)),
      ];
    }),
  ];
}

function withoutTargets(panel: Json): Json {
  return Object.fromEntries(Object.entries(panel).filter(([key]) => key !== 'targets'));
}

function faults(where: string, validate: ValidateFunction, value: unknown): string[] {
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${where}${instancePath} ${message ?? ''}`);
}

test.each(boards)('$name is what Grafana declares', ({ board }) => {
  expect(problemsOf(JSON.parse(board.json) as Json)).toEqual([]);
});

const sample = (): Json => JSON.parse(boards[0]?.board.json ?? '{}') as Json;
const firstPanel = (board: Json): Json => (board.panels as Json[]).find(({ type }) => type !== 'row') ?? {};

test.each<[string, (board: Json) => void]>([
  ['a field that no dashboard has', (board) => (board.panles = [])],
  ['a number where a text belongs', (board) => (board.uid = 7)],
  [
    'a mode of thresholds that is none',
    (board) => {
      setIn(firstPanel(board), ['fieldConfig', 'defaults', 'thresholds', 'mode'], 'relative');
    },
  ],
  [
    'an option that the panel has not',
    (board) => {
      setIn(firstPanel(board), ['options', 'graphMod'], 'area');
    },
  ],
  ['a query without its text', (board) => ((firstPanel(board).targets as Json[])[0] = { refId: 'A' })],
])('%s is found', (_, spoil) => {
  const board = sample();
  spoil(board);
  expect(problemsOf(board)).not.toEqual([]);
});

function setIn(object: Json, [key = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) object[key] = value;
  else setIn(object[key] as Json, rest, value);
}
