import type { JSX } from 'preact';
import { DataTable } from '../../html/data-table';
import { dollars } from '../../review/measure/rows';
import { counted } from '../../review/output/words';
import type { Platform, Report, SetReport } from '../report-model';
import { coresText, memoryText, rangeText } from './amounts';

interface SummaryProps {
  readonly report: Report;
  readonly main: SetReport;
  readonly name: string;
}

/** What somebody reads who reads nothing else. */
export function Summary({ report, main, name }: SummaryProps): JSX.Element {
  const { platform, sets, findings } = report;
  return (
    <header id="summary">
      <h1>{name}: the platform on one page</h1>
      {platform && <p>{platform.description}</p>}
      <p class="muted">
        Read from {report.paths.join(', ')}: {counted(sets.length, 'set')} of manifests,{' '}
        {sets.reduce((sum, { objects }) => sum + objects, 0)} objects. The figures below are those of{' '}
        <span class="code">{main.name}</span> where nothing else is said.
      </p>
      <ul class="tiles">
        {tiles(report, main).map(([figure, text]) => (
          <li key={text}>
            <strong>{figure}</strong>
            {text}
          </li>
        ))}
      </ul>
      {platform && <Clusters platform={platform} sets={sets} />}
      {findings.counts.error > 0 && (
        <p class="verdict high">{counted(findings.counts.error, 'error')} of aia check: see Findings.</p>
      )}
    </header>
  );
}

function tiles({ platform, findings }: Report, main: SetReport): readonly (readonly [string, string])[] {
  const of = (role: string): number => main.services.filter((service) => service.role === role).length;
  const kinds = [
    [of('service'), 'service'],
    [of('store'), 'store'],
    [of('job'), 'job'],
    [of('node'), 'agent'],
  ] as const;
  const made = kinds.flatMap(([count, noun]) => (count > 0 ? [counted(count, noun)] : []));
  const money = main.cost?.microUsdPerMonth.maximum;
  const budget = platform?.limits.find((limit) => limit.name === 'budget');
  const last = platform?.phases.at(-1);
  const where = main.nodes.length === 0 ? '' : `, add-ons included, on ${counted(main.nodes.length, 'node')}`;
  return [
    [String(main.services.length), `things that run: ${made.join(', ')}`],
    [rangeText(main.pods, String), `pods${where}; ${coresText(main.cpuMillicores)}, ${memoryText(main.memoryBytes)}`],
    ...(money === undefined ? [] : [[`${dollars(money)} USD`, 'a month at the maximum, this cluster'] as const]),
    ...(budget ? [[`budget ${budget.answer}`, withoutList(budget.message)] as const] : []),
    ...(last ? [[percent(last.health), `of pods must be available behind the gate of ${last.title}`] as const] : []),
    [
      String(findings.counts.error + findings.counts.warning),
      `findings of aia check: ${counted(findings.counts.error, 'error')}, ${counted(findings.counts.warning, 'warning')}`,
    ],
  ];
}

interface ClustersProps {
  readonly platform: Platform;
  readonly sets: readonly SetReport[];
}

function Clusters({ platform, sets }: ClustersProps): JSX.Element {
  const costNow = (cluster: string, runs: string): string => {
    const cost = sets.find((set) => set.cluster === cluster && set.phase === runs)?.cost;
    return cost ? dollars(cost.microUsdPerMonth.maximum) : '';
  };
  return (
    <DataTable
      caption="Clusters"
      head={['Cluster', 'Where', 'What it is for', 'Runs now', 'USD a month now']}
      align="llllr"
      rows={platform.clusters.map(({ name, place, description, runs }) => [
        name,
        place,
        description,
        runs,
        costNow(name, runs),
      ])}
    />
  );
}

/** The sentence without the list of what it sums up. */
function withoutList(message: string): string {
  return message.replace(/ \(.*/, ', all clusters together');
}

/** `99.9 %`, without a tail of zeros. */
function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
