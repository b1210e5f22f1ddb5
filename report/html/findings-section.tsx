import type { JSX } from 'preact';
import { FindingTable } from '../../review/output/html/findings';
import { counted } from '../../review/output/words';
import type { Report } from '../report-model';
import { Section } from './section';

/** Of more, the first ones are shown: a page must open. */
const MOST = 500;

/** What `aia check` says of all the manifests. */
export function FindingsSection({ findings: { counts, waived, listed } }: Pick<Report, 'findings'>): JSX.Element {
  return (
    <Section id="findings" title="Findings">
      <p>
        aia check: {counted(counts.error, 'error')}, {counted(counts.warning, 'warning')}, {counts.info} for
        information, {waived} waived.
      </p>
      {listed.length > 0 && <FindingTable caption="Errors and warnings" findings={listed.slice(0, MOST)} />}
      {listed.length > MOST && <p>{listed.length - MOST} more: aia check lists them.</p>}
    </Section>
  );
}
