import path from 'node:path';
import { renderPage } from '../../html/page';
import { elsewhere, mainSet } from '../report';
import type { Report } from '../report-model';
import { CapacitySection } from './capacity-section';
import { CostSection } from './cost-section';
import { DataSection } from './data-section';
import { FindingsSection } from './findings-section';
import { MapSection } from './map-section';
import { PhasesSection } from './phases-section';
import { PoliciesSection } from './policies-section';
import { ServicesSection } from './services-section';
import { Summary } from './summary';

/** The report as one page: what the platform does, what calls what, what it costs, where it runs and how it is guarded. */
export function renderReportHtml(report: Report): string {
  const { platform, sets, findings } = report;
  const main = mainSet(sets);
  if (main === undefined) return renderPage({ title: 'aia report', parts: [] }, <p>There is nothing to report.</p>);
  const shown = { ...main, services: [...main.services, ...elsewhere(main, sets)] };
  const name = platform?.name ?? report.paths.map((one) => path.basename(one)).join(', ');
  const hasNodes = sets.some(({ nodes }) => nodes.length > 0);
  const hasCost = sets.some(({ cost }) => cost !== null);
  const all: readonly (readonly [boolean, string, string])[] = [
    [true, 'summary', 'Summary'],
    [true, 'services', 'Services'],
    [main.calls.length > 0, 'map', 'What calls what'],
    [sets.length > 1, 'phases', platform ? 'Phases' : 'Side by side'],
    [hasCost, 'cost', 'Cost'],
    [hasNodes, 'capacity', 'Nodes'],
    [true, 'policies', 'Policies'],
    [true, 'data', 'Data protection'],
    [true, 'findings', 'Findings'],
  ];
  const parts = all.flatMap(([isThere, id, title]) => (isThere ? [[id, title] as const] : []));
  return renderPage({ title: `${name}: the platform on one page`, parts }, [
    <Summary key="summary" report={report} main={main} name={name} />,
    <ServicesSection key="services" set={shown} />,
    main.calls.length > 0 && <MapSection key="map" set={main} />,
    sets.length > 1 && <PhasesSection key="phases" sets={sets} main={main} platform={platform} />,
    hasCost && <CostSection key="cost" sets={sets} platform={platform} />,
    hasNodes && <CapacitySection key="capacity" sets={sets} main={main} />,
    <PoliciesSection key="policies" set={shown} />,
    <DataSection key="data" set={shown} platform={platform} />,
    <FindingsSection key="findings" findings={findings} />,
  ]);
}
