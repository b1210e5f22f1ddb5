import { diffLines } from 'diff';
import type { JSX } from 'preact';
import { stringify } from 'yaml';
import type { FieldChange } from '../../review-model';
import { schemaPath, visible } from '../field-text';

interface FieldsProps {
  readonly fields: readonly FieldChange[];
  /** Of the object. */
  readonly kind: string;
}

/** A line of one side, of both, or two that stand for each other. */
interface Line {
  readonly before?: string;
  readonly after?: string;
}

/** Unchanged lines that are shown before and after those that differ. */
const CONTEXT = 2;
/** A page of ten thousand changes must still open: what is longer than this is cut, and says so. */
const MOST_LINES = 400;
const MOST_FIELDS = 200;

/** The fields of a change: below each other, or side by side, as the reader has chosen on the page. */
export function Fields({ fields, kind }: FieldsProps): JSX.Element {
  const sorted = [...fields].sort((one, other) => Number(one.effect === 'none') - Number(other.effect === 'none'));
  const rest = sorted.length - MOST_FIELDS;
  return (
    <>
      {sorted.slice(0, MOST_FIELDS).map((field, index) => (
        <Field key={index} field={field} kind={kind} />
      ))}
      {rest > 0 && <p class="muted">{rest} more fields are in the JSON output</p>}
    </>
  );
}

function Field({ field, kind }: { readonly field: FieldChange; readonly kind: string }): JSX.Element {
  const lines = linesOf(field);
  const rest = lines.length - MOST_LINES;
  return (
    <div class="field">
      <div class="field-name">
        <span class="code">{kind === 'CustomResourceDefinition' ? schemaPath(field.path) : field.path}</span>
        {field.effect !== 'other' && <span class="muted">{field.effect === 'none' ? 'no effect' : field.effect}</span>}
      </div>
      <div class="lines code">
        {lines.slice(0, MOST_LINES).map(({ before, after }, index) =>
          before !== undefined && before === after ? (
            <div key={index} class="line">
              <span class="both">{before}</span>
            </div>
          ) : (
            <div key={index} class="line">
              {before === undefined ? <span class="gone" /> : <del>{before}</del>}
              {after === undefined ? <span class="gone" /> : <ins>{after}</ins>}
            </div>
          ),
        )}
      </div>
      {rest > 0 && <p class="muted">{rest} more lines are in the JSON output</p>}
    </div>
  );
}

function linesOf({ before, after, digest }: FieldChange): readonly Line[] {
  if (digest) return [oneLine(secretText(digest.before), secretText(digest.after))];
  if (typeof before === 'string' && typeof after === 'string' && (before + after).includes('\n'))
    return textLines(before, after);
  // A number and its text are two values.
  const isMixed = before !== null && after !== null && typeof before !== typeof after;
  const show = (value: unknown): string | undefined => {
    if (value === null || value === undefined) return undefined;
    if (typeof value === 'string' && !isMixed) return value === '' ? '""' : value;
    return typeof value === 'object' ? stringify(value).trimEnd() : JSON.stringify(value);
  };
  return [oneLine(show(before), show(after))];
}

function oneLine(before: string | undefined, after: string | undefined): Line {
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

/** Never the value: the digest is keyed. */
function secretText(digest: string | null): string | undefined {
  return digest === null ? undefined : `(secret ${digest})`;
}

/** Lines that differ next to those that took their place, with a few unchanged ones around. */
function textLines(before: string, after: string): readonly Line[] {
  const parts = diffLines(before, after).map(({ added, removed, value }) => ({
    tone: added ? 'added' : removed ? 'removed' : 'same',
    lines: value.replace(/\n$/, '').split('\n'),
  }));
  const found: Line[] = [];
  parts.forEach(({ tone, lines }, index) => {
    if (tone === 'same') {
      const [head, tail] = [index === 0 ? 0 : CONTEXT, index === parts.length - 1 ? 0 : CONTEXT];
      const kept =
        lines.length <= head + tail + 1 ? lines : [...lines.slice(0, head), '⋯', ...lines.slice(lines.length - tail)];
      found.push(...kept.map((line) => ({ before: line, after: line })));
      return;
    }
    if (tone === 'added' && parts[index - 1]?.tone === 'removed') return;
    const after = tone === 'added' ? lines : parts[index + 1]?.tone === 'added' ? parts[index + 1]?.lines : undefined;
    const left = tone === 'removed' ? lines : [];
    for (let at = 0; at < Math.max(left.length, after?.length ?? 0); at++)
      found.push(oneLine(shown(left[at]), shown(after?.[at])));
  });
  return found;
}

function shown(line: string | undefined): string | undefined {
  return line === undefined ? undefined : visible(line);
}
