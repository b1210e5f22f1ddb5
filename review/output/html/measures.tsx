import type { JSX } from 'preact';
import { Bar } from '../../../html/bar';
import { DataTable } from '../../../html/data-table';
import { cores, dollars, gibibytes, nameOf, pairsOf } from '../../measure/rows';
import type { CapacitySets, CostSets, Review } from '../../review-model';

type CapacitySet = CapacitySets['sets'][number];
type CostSet = CostSets['sets'][number];

/** One figure of a cluster; undefined where the cluster is not on that side. */
interface Figure {
  readonly cluster: string;
  readonly scale: string;
  readonly before: number | undefined;
  readonly after: number | undefined;
  /** What the length of a bar stands for. */
  readonly of: number;
}

/** The month's bill and the requests of the clusters that change, before and after. */
export function Measures({ capacity, cost }: Pick<Review, 'capacity' | 'cost'>): JSX.Element {
  const bills = pairsOf<CostSet>(cost.base?.sets, cost.head?.sets);
  const requests = pairsOf<CapacitySet>(capacity.base?.sets, capacity.head?.sets);
  return (
    <section id="measures" aria-labelledby="measures-title">
      <h2 id="measures-title">Cost and capacity</h2>
      <Figures caption="USD a month" bars="Before and after" show={dollars} figures={billFigures(bills)} />
      <Figures
        caption="CPU requested, in cores"
        bars="Before and after, of what the nodes have"
        show={cores}
        figures={requestFigures(requests, 'cpuMillicores')}
      />
      <Figures
        caption="Memory requested, in GiB"
        bars="Before and after, of what the nodes have"
        show={gibibytes}
        figures={requestFigures(requests, 'memoryBytes')}
      />
    </section>
  );
}

interface FiguresProps {
  readonly caption: string;
  /** Title of the bars. */
  readonly bars: string;
  readonly show: (value: number) => string;
  readonly figures: readonly Figure[];
}

/** Those that differ; of the others only that they stay. */
function Figures({ caption, bars, show, figures }: FiguresProps): JSX.Element {
  const changed = figures.filter(({ before, after }) => before !== after);
  if (changed.length === 0) {
    const maxima = figures.filter(({ scale }) => scale === 'maximum');
    const stays = maxima.map(({ cluster, after = 0 }) => `${show(after)} at the maximum in ${cluster}`);
    return (
      <p>
        {caption}: no difference{stays.length > 0 && ` (${stays.join(', ')})`}.
      </p>
    );
  }
  return (
    <DataTable
      caption={caption}
      head={['Cluster', 'Scale', 'Before', 'After', 'Difference', bars]}
      align="llrrrl"
      rows={changed.map((figure) => [
        figure.cluster,
        figure.scale,
        ...[figure.before, figure.after].map((value) => (value === undefined ? '–' : show(value))),
        difference(figure, show),
        <BeforeAndAfter figure={figure} show={show} />,
      ])}
    />
  );
}

function BeforeAndAfter({
  figure,
  show,
}: {
  readonly figure: Figure;
  readonly show: FiguresProps['show'];
}): JSX.Element {
  const { before = 0, after = 0, of } = figure;
  const whole = Math.max(of, before, after);
  return (
    <>
      <Bar label={`before ${show(before)} of ${show(whole)}`} parts={[{ value: before, tone: 'before' }]} of={whole} />
      <Bar
        label={`after ${show(after)} of ${show(whole)}`}
        parts={[{ value: after, tone: of > 0 && after > of ? 'over' : 'after' }]}
        of={whole}
      />
    </>
  );
}

function difference({ before = 0, after = 0 }: Figure, show: FiguresProps['show']): string {
  return `${after > before ? '+' : '−'}${show(Math.abs(after - before))}`;
}

function billFigures(bills: readonly (readonly [CostSet | undefined, CostSet | undefined])[]): readonly Figure[] {
  const of = Math.max(0, ...bills.flatMap((pair) => pair.map((set) => set?.microUsdPerMonth.maximum ?? 0)));
  return bills.flatMap(([before, after]) =>
    (['minimum', 'expected', 'maximum'] as const).map((scale) => ({
      cluster: nameOf(before, after),
      scale,
      before: before?.microUsdPerMonth[scale],
      after: after?.microUsdPerMonth[scale],
      of,
    })),
  );
}

function requestFigures(
  requests: readonly (readonly [CapacitySet | undefined, CapacitySet | undefined])[],
  resource: 'cpuMillicores' | 'memoryBytes',
): readonly Figure[] {
  return requests.flatMap(([before, after]) =>
    (['minimum', 'maximum'] as const).map((scale) => ({
      cluster: nameOf(before, after),
      scale,
      before: before?.totals[scale][resource],
      after: after?.totals[scale][resource],
      // A promoted cluster leaves its old nodes: what counts are those that it will have.
      of: allocatable(after ?? before, resource),
    })),
  );
}

/** What all pools together have for pods; 0 where no nodes are known. */
function allocatable(set: CapacitySet | undefined, resource: 'cpuMillicores' | 'memoryBytes'): number {
  return (set?.pools ?? []).reduce((sum, pool) => sum + pool.allocatable[resource], 0);
}
