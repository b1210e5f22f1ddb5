import { createColors } from 'picocolors';
import type { Review, Risk } from '../review-model';
import { fieldTexts } from './field-text';
import { foldChanges, type Fold } from './fold';
import { foldTitle, harmlessText, objectText, placesText, riskText, summaryRows, verdict } from './words';

export interface TextOptions {
  readonly color: boolean;
  /** The two sides as the user named them. */
  readonly title: string;
}

const MOST_FIELDS = 8;
const MOST_LINES = 10;
const MOST_PLACES = 6;

/** For people: the verdict, what it does as a whole, then the changes, the riskiest first. */
export function renderText(review: Review, { color: inColor, title }: TextOptions): string {
  const color = createColors(inColor);
  const paint: Record<Risk, (text: string) => string> = {
    high: (text) => color.red(color.bold(text)),
    medium: color.yellow,
    low: color.cyan,
    none: color.dim,
  };
  const lines = [
    color.bold(verdict(review)),
    `${title}: ${riskText(review.changes)}; ${review.objects.base} → ${review.objects.head} objects`,
  ];
  const rows = summaryRows(review);
  if (rows.length > 0) lines.push('', ...rows.map(([name, text]) => `${color.bold(name.padEnd(9))} ${text}`));
  const told = review.changes.filter(({ risk }) => risk !== 'none');
  for (const block of foldChanges(told).map(blockOf))
    lines.push('', ...block.map((line, index) => (index === 0 ? headline(line, paint) : line)));
  for (const finding of review.findings.introduced.filter(({ severity }) => severity !== 'info')) {
    const subject = finding.object ? objectText(finding.object) : finding.file;
    lines.push(
      '',
      `${finding.severity === 'error' ? paint.high('NEW ERROR') : paint.medium('NEW WARNING')} ${finding.rule}: ${subject}`,
    );
    lines.push(
      `  ${finding.file}:${finding.line} ${finding.path === '' ? '' : `${finding.path} `}${finding.message}`,
      `  fix: ${finding.fix}`,
    );
  }
  const harmless = harmlessText(review.changes);
  if (harmless !== undefined) lines.push('', color.dim(`${harmless} (--format json lists them)`));
  return `${lines.join('\n')}\n`;
}

function headline(line: string, paint: Record<Risk, (text: string) => string>): string {
  const found = /^(HIGH|MEDIUM|LOW)/.exec(line)?.[0] ?? '';
  return paint[found.toLowerCase() as Risk](found) + line.slice(found.length);
}

function blockOf(fold: Fold): readonly string[] {
  const { first } = fold;
  const lines = [`${first.risk.toUpperCase()} ${foldTitle(fold)}`, ...first.reasons.map((reason) => `  ${reason}`)];
  if (fold.kind === 'alike') lines.push(`  each in places of its own, as in ${objectText(first.object)}:`);
  lines.push(...fieldTexts(first, MOST_FIELDS, MOST_LINES).map((line) => `    ${line}`));
  lines.push(`    in ${placesText(first, MOST_PLACES)}`);
  return lines;
}
