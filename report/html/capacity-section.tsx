import type { JSX } from 'preact';
import { Bar } from '../../html/bar';
import { DataTable } from '../../html/data-table';
import { cores, gibibytes } from '../../review/measure/rows';
import { counted } from '../../review/output/words';
import type { NodeShare, SetReport } from '../report-model';
import { Section } from './section';

interface CapacitySectionProps {
  readonly sets: readonly SetReport[];
  readonly main: SetReport;
}

/** What stands on each node when everything has grown as far as it may. */
export function CapacitySection({ sets, main }: CapacitySectionProps): JSX.Element {
  return (
    <Section id="capacity" title="What stands on each node">
      <p>
        One placement that keeps all rules, with every autoscaler at its maximum, DaemonSets included. The scheduler may
        find another one: aia capacity says more.
      </p>
      {sets
        .filter(({ nodes }) => nodes.length > 0)
        .map((set) => (
          <details key={set.name} open={set === main}>
            <summary>
              {set.name}: {counted(set.nodes.length, 'node')}
              {set.problems.length > 0 && ', not everything fits'}
            </summary>
            {set.problems.map((problem, index) => (
              <p key={index} class="verdict high">
                {problem}
              </p>
            ))}
            <DataTable
              caption={`Nodes of ${set.name}`}
              head={['Node', 'Pool', 'CPU', 'Memory', 'Pods at the maximum']}
              rows={set.nodes.map((node) => [
                node.name,
                <>
                  {node.pool}
                  <div class="muted">
                    {node.zone}
                    {node.capacity === 'spot' && ', spot'}
                  </div>
                </>,
                <Usage values={node.cpuMillicores} show={cores} unit="cores" />,
                <Usage values={node.memoryBytes} show={gibibytes} unit="GiB" />,
                node.pods.join(', '),
              ])}
            />
          </details>
        ))}
    </Section>
  );
}

interface UsageProps {
  readonly values: NodeShare;
  readonly show: (value: number) => string;
  readonly unit: string;
}

function Usage({ values: { maximum, allocatable }, show, unit }: UsageProps): JSX.Element {
  const text = `${show(maximum)} of ${show(allocatable)} ${unit}`;
  return (
    <>
      <Bar label={text} parts={[{ value: maximum, tone: maximum > allocatable ? 'over' : 'used' }]} of={allocatable} />
      <span class="muted">{text}</span>
    </>
  );
}
