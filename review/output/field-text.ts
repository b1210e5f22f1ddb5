import { diffLines } from 'diff';
import { shortValue } from '../group/values';
import type { Change, FieldChange } from '../review-model';

/** Of two long texts that start alike, this much of what they share is kept before the difference. */
const SHARED = 24;
const LONG = 60;
/** Fields that say the same of this many items are one line. */
const ALIKE = 3;
const LONGEST_LINE = 160;

/** The fields of a change as lines: those with an effect first, those that say the same of many items as one. */
export function fieldTexts({ fields, object }: Change, mostFields: number, mostLines: number): readonly string[] {
  const sorted = [...fields].sort((one, other) => Number(one.effect === 'none') - Number(other.effect === 'none'));
  const groups = new Map<string, FieldChange[]>();
  for (const field of sorted) {
    const key = alikeKey(field);
    groups.set(key, [...(groups.get(key) ?? []), field]);
  }
  const shown = [...groups.values()].flatMap((group) => (group.length >= ALIKE ? [group] : group.map((one) => [one])));
  const lines = shown.slice(0, mostFields).flatMap((group) => {
    const [field] = group;
    if (!field) return [];
    const [first = '', ...more] = fieldLines(field, mostLines, object.kind);
    const effect = field.effect === 'other' ? '' : `  [${field.effect}]`;
    const others = group.length > 1 ? `  (and ${group.length - 1} more fields alike)` : '';
    return [`${first}${effect}${others}`, ...more];
  });
  const rest = shown.slice(mostFields).reduce((sum, { length }) => sum + length, 0);
  return rest > 0 ? [...lines, `… ${rest} more ${rest === 1 ? 'field' : 'fields'}`] : lines;
}

/** What fields of many items have in common: their last key and both values. */
export function alikeKey({ path, before, after, effect, digest }: FieldChange): string {
  const last = /[^.\]]+\]?$/.exec(path)?.[0] ?? path;
  return digest ? path : JSON.stringify([last, before, after, effect]);
}

/** A field in one line, or the lines of a text that differ. */
export function fieldLines(field: FieldChange, mostLines: number, kind: string): readonly string[] {
  const { before, after, digest } = field;
  const path = kind === 'CustomResourceDefinition' ? schemaPath(field.path) : field.path;
  if (digest) return [`${path}: ${digestText(digest.before)} → ${digestText(digest.after)}`];
  if (typeof before === 'string' && typeof after === 'string') {
    if (before.includes('\n') || after.includes('\n')) return [`${path}:`, ...textLines(before, after, mostLines)];
    if (before.length > LONG && after.length > LONG) return [`${path}: ${withoutShared(before, after)}`];
  }
  // A number and its text are two values: show both as JSON where the types differ.
  const isMixed = before !== null && after !== null && typeof before !== typeof after;
  const show = (value: unknown): string => (isMixed ? JSON.stringify(value) : shortValue(value));
  return [`${path}: ${show(before)} → ${show(after)}`];
}

/** A field of a schema as one knows it from the object: `v1 spec.receivers[].url` for its seven levels of schema. */
export function schemaPath(path: string): string {
  return path
    .replace(/^spec\.versions\[name=([^\]]+)\]\.schema\.openAPIV3Schema\./, '$1 ')
    .replaceAll('.items.', '[].')
    .replaceAll(/\bproperties\./g, '');
}

function digestText(digest: string | null): string {
  return digest === null ? '(none)' : `(secret ${digest})`;
}

/** Long texts that start alike, from shortly before they differ. */
function withoutShared(before: string, after: string): string {
  let shared = 0;
  while (shared < before.length && before[shared] === after[shared]) shared += 1;
  const from = shared > SHARED * 2 ? shared - SHARED : 0;
  const cut = (text: string): string => `${from > 0 ? '…' : ''}${shortValue(text.slice(from))}`;
  return `${cut(before)} → ${cut(after)}`;
}

/** Lines that differ, with `-` and `+`; white space at the end and other invisible characters are spelled out. */
function textLines(before: string, after: string, most: number): readonly string[] {
  const lines: string[] = [];
  const isNewline = before.endsWith('\n') !== after.endsWith('\n');
  for (const { added, removed, value } of diffLines(before, after)) {
    if (!added && !removed) continue;
    const parts = value.replace(/\n$/, '').split('\n');
    parts.forEach((part, index) => {
      const isUnfinished = isNewline && index === parts.length - 1 && !value.endsWith('\n');
      lines.push(`  ${added ? '+' : '-'} ${visible(part)}${isUnfinished ? ' (no newline at the end)' : ''}`);
    });
  }
  const rest = lines.length - most;
  return rest > 0 ? [...lines.slice(0, most), `  … ${rest} more ${rest === 1 ? 'line' : 'lines'}`] : lines;
}

/** White space that one does not see, spelled out; a long line is cut. */
export function visible(line: string): string {
  const escaped = line
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    .replace(/[ ]+$/, (blanks) => '·'.repeat(blanks.length));
  return escaped.length > LONGEST_LINE ? `${escaped.slice(0, LONGEST_LINE - 1)}…` : escaped;
}
