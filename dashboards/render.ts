import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  CustomVariableBuilder,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type Dashboard,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { runbookUrl } from '../model/alerting/rule';
import type { Settings } from '../model/platform/platform';
import { UNITS, type BoardSpec, type PanelSpec } from './board';

/** By variable: whoever imports a dashboard elsewhere chooses, and no identifier of a data source is in it. */
const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' };
const TAG = 'aia';
const HEIGHT = { timeseries: 8, table: 8, stat: 4 };
const WIDTH = { timeseries: 8, table: 12, stat: 4 };

// The classic form, which Grafana's file provisioning has read for years, as all dashboards of the monitoring chart are.
// Its successor, for which the SDK calls it deprecated, is a resource of Grafana's own API.
/* eslint-disable @typescript-eslint/no-deprecated */
/** Turns the description of a dashboard into what Grafana reads, with Grafana's own SDK. */
export function renderBoard(board: BoardSpec, settings: Settings): Dashboard {
  const builder = new DashboardBuilder(board.title)
    .uid(board.uid)
    .description(board.description)
    .tags([TAG])
    .timezone('browser')
    .time({ from: 'now-6h', to: 'now' })
    .refresh('1m')
    .tooltip(DashboardCursorSync.Crosshair)
    // What is changed by hand would be gone with the next commit.
    .readonly()
    .link(
      new DashboardLinkBuilder('Other dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .asDropdown(true)
        .keepTime(true),
    )
    .withVariable(new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'));
  for (const { name, label, values } of board.choices ?? [])
    builder.withVariable(
      new CustomVariableBuilder(name)
        .label(label)
        .values(values.join(','))
        .options(values.map((value, index) => ({ text: value, value, selected: index === 0 })))
        .current({ text: values[0] ?? '', value: values[0] ?? '', selected: true }),
    );
  for (const row of board.rows) {
    builder.withRow(new RowBuilder(row.title));
    for (const panel of row.panels) builder.withPanel(panelBuilder(panel, settings));
  }
  return builder.build();
}
/* eslint-enable @typescript-eslint/no-deprecated */

function panelBuilder(panel: PanelSpec, settings: Settings): Builder<Panel> {
  switch (panel.kind) {
    case 'timeseries':
      return timeseries(panel, settings);
    case 'stat':
      return common(new StatBuilder(), panel, settings).graphMode(BigValueGraphMode.Area);
    case 'table':
      return common(new TableBuilder(), panel, settings);
  }
}

function timeseries(panel: PanelSpec, settings: Settings): TimeseriesBuilder {
  const builder = common(new TimeseriesBuilder(), panel, settings)
    .fillOpacity(panel.stacked === true ? 30 : 5)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .axisSoftMin(0);
  if (panel.stacked === true) builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
  if (panel.steps !== undefined)
    builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  return builder;
}

/** What every kind of panel has; the three builders of the SDK share no type. */
function common<B extends TimeseriesBuilder | StatBuilder | TableBuilder>(
  builder: B,
  panel: PanelSpec,
  settings: Settings,
): B {
  builder
    .title(panel.title)
    .description(panel.description)
    .datasource(DATA_SOURCE)
    .unit(UNITS[panel.unit])
    .height(panel.height ?? HEIGHT[panel.kind])
    .span(panel.width ?? WIDTH[panel.kind])
    .thresholds(
      new ThresholdsConfigBuilder()
        .mode(ThresholdsMode.Absolute)
        .steps([
          { value: null, color: 'green' },
          ...(panel.steps ?? []).map(({ from, color }) => ({ value: from, color })),
        ]),
    );
  if (panel.max !== undefined) builder.max(panel.max);
  if (panel.runbook !== undefined)
    builder.links([
      new DashboardLinkBuilder(`Runbook: ${panel.runbook}`)
        .type(DashboardLinkType.Link)
        .url(runbookUrl(settings, panel.runbook))
        .targetBlank(true),
    ]);
  panel.queries.forEach((query, index) => builder.withTarget(target(panel, query, String.fromCharCode(65 + index))));
  return builder;
}

function target({ kind }: PanelSpec, { expr, legend }: PanelSpec['queries'][number], refId: string): DataqueryBuilder {
  const query = new DataqueryBuilder().refId(refId).expr(expr).datasource(DATA_SOURCE);
  if (legend !== undefined) query.legendFormat(legend);
  return kind === 'table' ? query.instant().format(PromQueryFormat.Table) : query.range();
}
