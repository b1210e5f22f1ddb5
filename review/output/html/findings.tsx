import type { JSX } from 'preact';
import type { Finding } from '../../../checks/finding';
import { DataTable } from '../../../html/data-table';
import type { Review } from '../../review-model';
import { counted, objectText } from '../words';

/** What `aia check` finds anew, and what it finds no more; what asks for nothing is folded. */
export function Findings({ introduced, fixed }: Review['findings']): JSX.Element {
  const urgent = ['error', 'warning'].flatMap((level) => introduced.filter(({ severity }) => severity === level));
  const infos = introduced.filter(({ severity }) => severity === 'info');
  return (
    <section id="findings" aria-labelledby="findings-title">
      <h2 id="findings-title">aia check</h2>
      {urgent.length > 0 && <FindingTable caption="New errors and warnings" findings={urgent} />}
      <Folded
        title={`${counted(infos.length, 'new remark')} that ${infos.length === 1 ? 'asks' : 'ask'} for nothing`}
        findings={infos}
      />
      <Folded
        title={`${counted(fixed.length, 'finding')} ${fixed.length === 1 ? 'is' : 'are'} gone`}
        findings={fixed}
      />
    </section>
  );
}

function Folded({
  title,
  findings,
}: {
  readonly title: string;
  readonly findings: readonly Finding[];
}): JSX.Element | null {
  if (findings.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <FindingTable caption={title} findings={findings} />
    </details>
  );
}

interface FindingTableProps {
  readonly caption: string;
  readonly findings: readonly Finding[];
}

/** One row a finding. */
export function FindingTable({ caption, findings }: FindingTableProps): JSX.Element {
  return (
    <DataTable
      caption={caption}
      head={['Rule', 'Severity', 'Object', 'What, and what to do']}
      rows={findings.map(({ rule, severity, object, file, line, path, message, fix }) => [
        rule,
        severity,
        <>
          {object && <div>{objectText(object)}</div>}
          <div class="muted">
            {file}:{line}
          </div>
        </>,
        <>
          {path !== '' && <div class="code">{path}</div>}
          {message}
          <div class="muted">Fix: {fix}</div>
        </>,
      ])}
    />
  );
}
