import { createColors } from 'picocolors';
import { grouped } from '../grouped';
import type { Change, Review, Risk } from '../review-model';
import {
  counted,
  fieldLines,
  harmlessText,
  objectText,
  placesText,
  riskText,
  summaryRows,
  titleOf,
  verdict,
} from './words';

export interface TextOptions {
  readonly isTerminal: boolean;
  /** The two sides as the user named them. */
  readonly title: string;
}

const MOST_FIELDS = 8;
const MOST_LINES = 10;
const MOST_PLACES = 6;

/** For people: the verdict, what it does as a whole, then the changes, the riskiest first. */
export function renderText(review: Review, { isTerminal, title }: TextOptions): string {
  const color = createColors(isTerminal && !process.env.NO_COLOR);
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
  for (const block of blocksOf(told))
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

/** One block a change; new objects of one folder and one risk are one block. */
function blocksOf(changes: readonly Change[]): readonly (readonly string[])[] {
  const folds = grouped(changes, foldKey);
  const done = new Set<string>();
  return changes.flatMap((change) => {
    const key = foldKey(change);
    const group = folds.get(key) ?? [];
    if (key === '' || group.length < 3) return [changeBlock(change)];
    if (done.has(key)) return [];
    done.add(key);
    return [foldedBlock(group)];
  });
}

/** Changes that say no more than "is new" or "is gone" of many objects in one folder. */
function foldKey({ kind, risk, reasons, places, fields }: Change): string {
  if ((kind !== 'added' && kind !== 'removed') || fields.length > 0) return '';
  return JSON.stringify([kind, risk, reasons, [...new Set(places.map(({ place }) => place))]]);
}

function foldedBlock(group: readonly Change[]): readonly string[] {
  const [first] = group;
  if (!first) return [];
  const kinds = [...grouped(group, ({ object }) => object.kind)]
    .map(([kind, { length }]) => `${kind} ${length}`)
    .sort();
  return [
    `${first.risk.toUpperCase()} ${first.kind} ${counted(group.length, 'object')} in ${placesText(first, MOST_PLACES)}`,
    ...first.reasons.map((reason) => `  ${reason}`),
    `  ${kinds.join(', ')}`,
  ];
}

function changeBlock(change: Change): readonly string[] {
  const { risk, reasons, fields } = change;
  const lines = [`${risk.toUpperCase()} ${titleOf(change)}`, ...reasons.map((reason) => `  ${reason}`)];
  const shown = [...fields].sort((one, other) => Number(one.effect === 'none') - Number(other.effect === 'none'));
  for (const field of shown.slice(0, MOST_FIELDS)) {
    const [first = '', ...more] = fieldLines(field, MOST_LINES);
    lines.push(
      `    ${first}${field.effect === 'other' ? '' : `  [${field.effect}]`}`,
      ...more.map((line) => `    ${line}`),
    );
  }
  if (fields.length > MOST_FIELDS) lines.push(`    … ${counted(fields.length - MOST_FIELDS, 'more field')}`);
  lines.push(`    in ${placesText(change, MOST_PLACES)}`);
  return lines;
}
