import type { CheckResult } from '../engine';
import { isAtLeast, type Finding } from '../finding';
import type { RenderOptions } from './formats';
import { countOf, coverage, sentenceOf, subjectOf, unknownKinds } from './words';

/** GitHub refuses a comment beyond 65,536 characters; the rest of a long list is counted. */
const MOST_ROWS = 100;

/** For a pull request comment or a job summary. */
export function renderMarkdown(result: CheckResult, { show }: RenderOptions): string {
  const { findings, waived } = result;
  const counts = (['error', 'warning', 'info'] as const).map((severity) => countOf(findings, severity)).join(', ');
  const lines = [`**aia check**: ${counts}. ${coverage(result)}.`];
  // The worst first: a reader may stop after the first screen.
  const listed = (['error', 'warning', 'info'] as const)
    .filter((severity) => isAtLeast(severity, show))
    .flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  if (listed.length > 0)
    lines.push('', '| | Rule | Object | What is wrong | Fix | Where |', '|---|---|---|---|---|---|');
  for (const finding of listed.slice(0, MOST_ROWS)) lines.push(row(finding));
  if (listed.length > MOST_ROWS) lines.push('', `${listed.length - MOST_ROWS} more are not listed.`);
  if (waived.length > 0)
    lines.push('', '<details><summary>Waived</summary>', '', '| Rule | Object | Reason | Until |', '|---|---|---|---|');
  for (const one of waived)
    lines.push(`| ${cell(one.rule)} | ${cell(subjectOf(one))} | ${cell(one.reason)} | ${one.until} |`);
  if (waived.length > 0) lines.push('', '</details>');
  const unknown = unknownKinds(result);
  if (unknown !== undefined) lines.push('', cell(unknown));
  return `${lines.join('\n')}\n`;
}

function row(finding: Finding): string {
  const { severity, rule, fix, file, line } = finding;
  const cells = [severity, rule, subjectOf(finding), sentenceOf(finding), fix, `${file}:${line}`];
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** Text of a manifest must not become a column, a line, a mention or HTML. */
function cell(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/([\\`*_[\]|@#~])/g, '\\$1')
    .replace(/\s+/g, ' ');
}
