import type { JSX } from 'preact';
import { Bar } from '../../html/bar';
import { DataTable } from '../../html/data-table';
import { cores, gibibytes } from '../../review/measure/rows';
import type { NodeReport, SetReport } from '../report-model';
import { Section } from './section';

interface CapacitySectionProps {
  readonly sets: readonly SetReport[];
  readonly main: SetReport;
}

/** What stands on each node, at the minimum and up to the maximum. */
export function CapacitySection({ sets, main }: CapacitySectionProps): JSX.Element {
  return (
    <Section id="capacity" title="What stands on each node">
      <p>
        A placement that keeps all rules, DaemonSets included: dark at the minimum of all autoscalers, light up to their
        maximum. The scheduler may find another one.
      </p>
      {sets
        .filter(({ nodes }) => nodes.length > 0)
        .map((set) => (
          <details key={set.name} open={set === main}>
            <summary>
              {set.name}: {set.nodes.length} nodes{set.problems.length > 0 && ', not everything fits'}
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
  readonly values: NodeReport['cpuMillicores'];
  readonly show: (value: number) => string;
  readonly unit: string;
}

function Usage({ values: { minimum, maximum, allocatable }, show, unit }: UsageProps): JSX.Element {
  // A pod may stand on another node at the maximum than at the minimum, so that a node can have less then.
  const [least, most] = [Math.min(minimum, maximum), Math.max(minimum, maximum)];
  return (
    <>
      <Bar
        label={`${show(minimum)} to ${show(maximum)} of ${show(allocatable)} ${unit}`}
        parts={[
          { value: least, tone: 'used' },
          { value: most - least, tone: 'more' },
        ]}
        of={allocatable}
      />
      <span class="muted">
        {show(minimum)} to {show(maximum)} of {show(allocatable)} {unit}
      </span>
    </>
  );
}
