import { createColors } from 'picocolors';
import type { CheckResult } from '../engine';
import { isAtLeast, type Finding } from '../finding';
import type { RenderOptions } from './formats';
import { countOf, coverage, sentenceOf, subjectOf, unknownKinds } from './words';

/** For people: by file and object, each finding with its line and remedy, the sums at the end. */
export function renderText(result: CheckResult, { show, color: inColor }: RenderOptions): string {
  const color = createColors(inColor);
  const paint = { error: color.red, warning: color.yellow, info: color.cyan };
  const listed = result.findings.filter(({ severity }) => isAtLeast(severity, show));
  const lines: string[] = [];
  let heading = '';
  for (const finding of listed) {
    const next = subjectOf(finding);
    if (next !== heading) lines.push(...(lines.length > 0 ? [''] : []), color.bold(next));
    heading = next;
    lines.push(
      `  ${finding.file}:${finding.line} ${paint[finding.severity](finding.severity)} ${color.dim(finding.rule)}`,
      `    ${sentenceOf(finding)}`,
      `    ${color.green('fix:')} ${finding.fix}`,
    );
  }
  if (lines.length > 0) lines.push('');
  for (const waived of result.waived) {
    lines.push(
      `waived until ${waived.until}: ${waived.file}:${waived.line} ${waived.rule} ${subjectOf(waived)}: ${sentenceOf(waived)} (${waived.reason})`,
    );
  }
  const unknown = unknownKinds(result);
  if (unknown !== undefined) lines.push(unknown);
  lines.push(`${coverage(result)}: ${summary(result)}`);
  const hidden = result.findings.length - listed.length;
  if (hidden > 0)
    lines.push(
      `${hidden} below "${show}" ${hidden === 1 ? 'is' : 'are'} not listed: ${byRule(result.findings.filter((one) => !listed.includes(one)))}. --show info lists all.`,
    );
  if (listed.length > 0) lines.push('aia explain RULE says why a rule matters and shows samples.');
  return `${lines.join('\n')}\n`;
}

function summary({ findings, waived }: CheckResult): string {
  const parts = (['error', 'warning', 'info'] as const).map((severity) => countOf(findings, severity));
  return [...parts, ...(waived.length > 0 ? [`${waived.length} waived`] : [])].join(', ');
}

function byRule(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, count]) => `${rule} ${count}`)
    .join(', ');
}
