import type { JSX } from 'preact';
import { DataTable } from '../../html/data-table';
import type { DataUse, SetReport } from '../report-model';
import { Section } from './section';

/** The data protection record as the manifests carry it: whose data goes through what, why, and for how long. */
export function DataSection({ set: { services } }: { readonly set: SetReport }): JSX.Element {
  const rows = services.flatMap(({ id, data }) => (data ? [{ id, data }] : []));
  return (
    <Section id="data" title="Data protection">
      {rows.length === 0 ? (
        <p>The manifests say nothing of the data that their services handle.</p>
      ) : (
        <DataTable
          caption="What each service does with data, as labels and annotations say"
          head={['Service', 'Data', 'Purpose', 'Legal basis', 'Kept for', 'Stored on', 'Impact assessment']}
          rows={rows.map(({ id, data }) => [
            id,
            data.dataClass === '' ? 'not said' : data.dataClass,
            data.purpose,
            data.legalBasis,
            keptText(data),
            data.storage.join(', '),
            data.assessment,
          ])}
        />
      )}
    </Section>
  );
}

function keptText({ retentionDays }: DataUse): string {
  if (retentionDays === '') return '';
  return retentionDays === '0' ? 'not stored' : `${retentionDays} days`;
}
