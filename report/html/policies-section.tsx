import type { JSX } from 'preact';
import { DataTable } from '../../html/data-table';
import type { SetReport } from '../report-model';
import { Section } from './section';

/** What guards each service. */
export function PoliciesSection({
  set: { services, mutualTls, isRestricted },
}: {
  readonly set: SetReport;
}): JSX.Element {
  const yes = (is: boolean): string => (is ? 'yes' : 'no');
  return (
    <Section id="policies" title="What guards it">
      <p>
        {isRestricted ? 'Calls are refused unless a policy permits them. ' : 'No policy restricts calls. '}
        {mutualTls.length === 0 ? 'No mutual TLS is asked for.' : `Mutual TLS: ${mutualTls.join(', ')}.`}
      </p>
      <DataTable
        caption="Policies about each service"
        head={[
          'Service',
          'Calls in restricted',
          'Calls out restricted',
          'Identity of callers checked',
          'Disruption budget',
          'Autoscaler',
          'Without root, file system read-only',
        ]}
        rows={services.map(({ id, guards }) => [
          id,
          yes(guards.ingress),
          yes(guards.egress),
          yes(guards.authorization),
          yes(guards.disruptionBudget),
          guards.autoscaler === '' ? 'no' : guards.autoscaler,
          yes(guards.hardened),
        ])}
      />
    </Section>
  );
}
