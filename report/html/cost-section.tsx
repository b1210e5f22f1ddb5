import type { JSX } from 'preact';
import { Bar } from '../../html/bar';
import { DataTable } from '../../html/data-table';
import { dollars } from '../../review/measure/rows';
import type { CostReport, Platform, SetReport } from '../report-model';
import { Section } from './section';

interface CostSectionProps {
  readonly sets: readonly SetReport[];
  readonly platform: Platform | null;
}

/** The month's bill of every cluster in every phase, and of what it is made. */
export function CostSection({ sets, platform }: CostSectionProps): JSX.Element {
  const priced = sets.flatMap((set) => (set.cost ? [{ name: set.name, cost: set.cost }] : []));
  const most = Math.max(1, ...priced.map(({ cost }) => cost.microUsdPerMonth.maximum));
  return (
    <Section id="cost" title="What it costs">
      {platform?.limits.map(({ name, answer, message }) => (
        <p key={name}>
          <strong>
            {name} {answer}
          </strong>
          : {message}
        </p>
      ))}
      <DataTable
        caption="USD a month"
        head={['Set', 'Minimum', 'Expected', 'Maximum', 'Minimum, and up to the maximum']}
        align="lrrrl"
        rows={priced.map(({ name, cost: { microUsdPerMonth: amount } }) => [
          name,
          dollars(amount.minimum),
          dollars(amount.expected),
          dollars(amount.maximum),
          <Bar
            label={`${dollars(amount.minimum)} to ${dollars(amount.maximum)} USD a month`}
            parts={[
              { value: amount.minimum, tone: 'used' },
              { value: amount.maximum - amount.minimum, tone: 'more' },
            ]}
            of={most}
          />,
        ])}
      />
      {priced.map(({ name, cost }) => (
        <details key={name}>
          <summary>
            The bill of {name}: {dollars(cost.microUsdPerMonth.maximum)} USD a month at the maximum
          </summary>
          <Bill name={name} cost={cost} />
        </details>
      ))}
    </Section>
  );
}

function Bill({ name, cost: { lines, notPriced } }: { readonly name: string; readonly cost: CostReport }): JSX.Element {
  return (
    <>
      {lines.length === 0 && <p>Nothing here has a price.</p>}
      <DataTable
        caption={`The bill of ${name}, USD a month`}
        head={['For', 'Minimum', 'Expected', 'Maximum']}
        align="lrrr"
        rows={lines.map(({ text, assumption, microUsdPerMonth: { minimum, expected, maximum } }) => [
          <>
            {text}
            {assumption !== '' && <div class="muted">not measured: {assumption}</div>}
          </>,
          dollars(minimum),
          dollars(expected),
          dollars(maximum),
        ])}
      />
      {notPriced.length > 0 && (
        <>
          <p>In no sum:</p>
          <ul>
            {notPriced.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
