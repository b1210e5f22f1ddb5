import type { JSX } from 'preact';
import { DataTable } from '../../html/data-table';
import type { DataProtection, Platform, SetReport } from '../report-model';
import { Section } from './section';

interface DataSectionProps {
  readonly set: SetReport;
  readonly platform: Platform | null;
}

/** The data protection record as the manifests carry it: whose data goes through what, why, and for how long. */
export function DataSection({ set: { services }, platform }: DataSectionProps): JSX.Element {
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
            keptFor(data.retentionDays),
            data.storage.join(', '),
            data.assessment,
          ])}
        />
      )}
      {platform && <Record record={platform.dataProtection} />}
    </Section>
  );
}

/** Who is responsible, where data lies beside the services, and who else gets it. */
function Record({
  record: { controller, officer, places, recipients },
}: {
  readonly record: DataProtection;
}): JSX.Element {
  return (
    <>
      <dl class="facts">
        <dt>Controller</dt>
        <dd>{controller}</dd>
        <dt>Data protection officer</dt>
        <dd>{officer}</dd>
      </dl>
      <DataTable
        caption="Where else data lies"
        head={['Place', 'What', 'Data', 'Purpose', 'Legal basis', 'Kept for', 'Stored on', 'How it is erased']}
        rows={places.map((place) => [
          place.name,
          place.description,
          place.dataClass,
          place.purpose,
          place.legalBasis,
          keptFor(String(place.retentionDays)),
          place.storage,
          place.erasure,
        ])}
      />
      <DataTable
        caption="Who receives data"
        head={['Recipient', 'Role', 'What for', 'Country']}
        rows={recipients.map(({ name, role, receives, country }) => [name, role, receives, country])}
      />
    </>
  );
}

function keptFor(retentionDays: string): string {
  if (retentionDays === '') return '';
  return retentionDays === '0' ? 'not stored' : retentionDays === '1' ? '1 day' : `${retentionDays} days`;
}
