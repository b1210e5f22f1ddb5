import type { ComponentChildren, JSX } from 'preact';
import { DataTable } from '../../html/data-table';
import { cores, gibibytes } from '../../review/measure/rows';
import type { Platform, SetReport } from '../report-model';
import { coresText, costText, memoryText, rangeText } from './amounts';
import { Section } from './section';

interface PhasesSectionProps {
  readonly sets: readonly SetReport[];
  readonly main: SetReport;
  readonly platform: Platform | null;
}

/** The phases of the main cluster next to each other; of foreign manifests, all sets. */
export function PhasesSection({ sets, main, platform }: PhasesSectionProps): JSX.Element {
  const columns = main.cluster === null ? sets : sets.filter(({ cluster }) => cluster === main.cluster);
  const heads = columns.map(
    ({ phase, name }) => platform?.phases.find(({ id }) => id === phase)?.title ?? phase ?? name,
  );
  return (
    <Section id="phases" title={main.cluster === null ? 'Side by side' : `The phases, on ${main.cluster}`}>
      {platform && <Brings platform={platform} />}
      <DataTable
        caption="The whole"
        head={['What', ...heads]}
        rows={[...facts(columns, platform), ...policyRows(columns)]}
      />
      <DataTable
        caption="Each service: pods, and requests of one pod"
        head={['Service', ...heads]}
        rows={serviceRows(columns)}
      />
    </Section>
  );
}

function Brings({ platform }: { readonly platform: Platform }): JSX.Element {
  return (
    <>
      {platform.phases.map(({ id, title, brings }) => (
        <details key={id}>
          <summary>
            What {title} brings ({brings.length})
          </summary>
          <dl class="facts">
            {brings.map(({ wish, answer }, index) => [
              <dt key={`wish-${index}`}>{wish}</dt>,
              <dd key={`answer-${index}`}>{answer}</dd>,
            ])}
          </dl>
        </details>
      ))}
    </>
  );
}

type Row = readonly ComponentChildren[];

function facts(sets: readonly SetReport[], platform: Platform | null): readonly Row[] {
  const row = (name: string, value: (set: SetReport) => string): Row => [name, ...sets.map(value)];
  const gate = ({ phase }: SetReport): string => {
    const health = platform?.phases.find(({ id }) => id === phase)?.health;
    return health === undefined ? '' : `${Number((health * 100).toFixed(2))} % of pods available`;
  };
  const rows = [
    row('Gate', gate),
    row('Objects', ({ objects }) => String(objects)),
    row('Things that run', ({ services }) => String(services.length)),
    row('Pods, add-ons included', ({ pods }) => rangeText(pods, String)),
    row('CPU requested', ({ cpuMillicores }) => coresText(cpuMillicores)),
    row('Memory requested', ({ memoryBytes }) => memoryText(memoryBytes)),
    row('Nodes', ({ nodes }) => (nodes.length === 0 ? '' : String(nodes.length))),
    row('A month', ({ cost }) => (cost ? costText(cost.microUsdPerMonth) : '')),
    row('Who may call whom', ({ isRestricted }) => (isRestricted ? 'only what is declared' : 'not restricted')),
    row('Mutual TLS', ({ mutualTls }) => (mutualTls.length === 0 ? 'none' : mutualTls.join(', '))),
  ];
  return rows.filter((cells) => cells.slice(1).some((cell) => cell !== ''));
}

/** How many objects of each kind of policy there are. */
function policyRows(sets: readonly SetReport[]): readonly Row[] {
  const kinds = [...new Set(sets.flatMap(({ policies }) => Object.keys(policies)))].sort();
  return kinds.map((kind) => [kind, ...sets.map(({ policies }) => String(policies[kind] ?? '–'))]);
}

function serviceRows(sets: readonly SetReport[]): readonly Row[] {
  const names = [...new Set(sets.flatMap(({ services }) => services.map(({ id }) => id)))].sort();
  return names.map((id) => [
    id,
    ...sets.map(({ services }) => {
      const service = services.find((one) => one.id === id);
      if (!service) return '–';
      const { pods, cpuMillicores, memoryBytes, guards } = service;
      return (
        <>
          {rangeText(pods, String)} × {cores(cpuMillicores)} cores, {gibibytes(memoryBytes)} GiB
          {guards.autoscaler !== '' && <div class="muted">{guards.autoscaler}</div>}
        </>
      );
    }),
  ]);
}
