import { grouped } from '../grouped';
import type { Change, Review, Risk } from '../review-model';
import { fieldTexts } from './field-text';
import { foldChanges, type Fold } from './fold';
import { cell, code, fenced, html } from './markdown-escape';
import { counted, foldTitle, harmlessText, objectText, placesText, riskText, summaryRows, verdict } from './words';

/** GitHub refuses a comment beyond this many characters; bytes are counted, which are never fewer. */
export const COMMENT_LIMIT = 65_536;
/** Kept for the end: what was left out, and where it is. */
const RESERVE = 2_000;
/** From this part of the room on, changes are told in one line each. */
const SHORT_FROM = 0.7;
const MOST_FIELDS = 20;
const MOST_LINES = 30;
const MOST_PLACES = 10;
const MOST_FINDING_PLACES = 3;
const MARK: Record<Risk, string> = { high: '🔴', medium: '🟠', low: '🔵', none: '⚪' };

/** For a comment on a pull request: it always fits, and what matters most is what is kept. */
export function renderMarkdown(review: Review, { title }: { readonly title: string }): string {
  const room = COMMENT_LIMIT - RESERVE;
  const head = [
    `### ${verdict(review)}`,
    '',
    `**aia review** ${code(title)}: ${riskText(review.changes)}; ${review.objects.base} → ${review.objects.head} objects`,
  ];
  const rows = summaryRows(review);
  if (rows.length > 0)
    head.push('', '| | |', '|---|---|', ...rows.map(([name, text]) => `| **${name}** | ${cell(text)} |`));
  const parts = [cut(head.join('\n'), room / 2)];
  let used = bytes(parts[0] ?? '');
  const leftOut: Change[] = [];
  const told = review.changes.filter(({ risk }) => risk !== 'none');
  for (const fold of foldChanges(told)) {
    const full = block(fold);
    const text = used + bytes(full) <= room * SHORT_FROM ? full : `- ${MARK[fold.first.risk]} ${oneLine(fold)}`;
    if (leftOut.length > 0 || used + bytes(text) + 2 > room) leftOut.push(...fold.changes);
    else {
      parts.push(text);
      used += bytes(text) + 2;
    }
  }
  for (const text of findingTexts(review)) {
    if (used + bytes(text) + 2 > room) break;
    parts.push(text);
    used += bytes(text) + 2;
  }
  const harmless = harmlessText(review.changes);
  if (harmless !== undefined) parts.push(`<sub>${cell(harmless)}</sub>`);
  if (leftOut.length > 0) {
    parts.push(
      `**${counted(leftOut.length, 'change')} ${leftOut.length === 1 ? 'is' : 'are'} not shown here** (${riskText(leftOut)}). All of them: ${code(`aia review ${title.replace(' → ', ' ')} --format json`)}`,
    );
  }
  return `${parts.join('\n\n')}\n`;
}

/** New findings, those that say the same of several places as one. */
function findingTexts({ findings }: Review): readonly string[] {
  const told = findings.introduced.filter(({ severity }) => severity !== 'info');
  const alike = grouped(told, ({ severity, rule, object, file, path, message, fix }) =>
    JSON.stringify([severity, rule, object ?? file, path, message, fix]),
  );
  return [...alike.values()].flatMap((group) => {
    const [finding] = group;
    if (!finding) return [];
    const { severity, rule, object, file, path, message, fix } = finding;
    const subject = object ? objectText(object) : file;
    const places = [...new Set(group.map((one) => `${one.file}:${one.line}`))];
    const rest = places.length - MOST_FINDING_PLACES;
    const where = `${places.slice(0, MOST_FINDING_PLACES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
    return [
      `- ${severity === 'error' ? MARK.high : MARK.medium} new ${severity} ${code(rule)}: ${cell(subject)} ${code(path)} ${cell(message)}. Fix: ${cell(fix)}\\\n  in ${cell(where)}`,
    ];
  });
}

function block(fold: Fold): string {
  const { risk, reasons } = fold.first;
  const lines = [
    `<details${risk === 'high' ? ' open' : ''}><summary>${MARK[risk]} <b>${risk}</b> ${html(foldTitle(fold))}: ${html(reasons[0] ?? '')}</summary>`,
    '',
    ...reasons.slice(1).map((reason) => `- ${cell(reason)}`),
    ...(reasons.length > 1 ? [''] : []),
  ];
  if (fold.kind === 'alike') lines.push(`each in places of its own, as in ${cell(objectText(fold.first.object))}:`, '');
  const body = fieldTexts(fold.first, MOST_FIELDS, MOST_LINES);
  if (body.length > 0) lines.push(...fenced(body), '');
  lines.push(`in ${cell(placesText(fold.first, MOST_PLACES))}`, '</details>');
  return lines.join('\n');
}

function oneLine(fold: Fold): string {
  const { risk, reasons } = fold.first;
  return cut(`**${risk}** ${cell(foldTitle(fold))}: ${cell(reasons[0] ?? '')}`, 300);
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}

function cut(text: string, most: number): string {
  if (bytes(text) <= most) return text;
  let short = text.slice(0, most);
  while (bytes(short) > most - 4) short = short.slice(0, -16);
  return `${short}…`;
}
