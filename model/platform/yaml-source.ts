import { isCollection, isPair, isScalar, LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import type { z } from 'zod';
import { formatPath, formatValue, PlatformError, type Problem } from './problems';

/** Words of one file for mistakes that every such file can have. */
export interface SourceWords {
  /** What is said of a value that is none of those allowed: `is no phase`. */
  readonly invalidValue: string;
  /** Remedy where the file's form is wrong. */
  readonly form: string;
}

/** Describes a problem at a path of the file; line and column are found there. */
export type Reporter = (path: readonly PropertyKey[], value: unknown, message: string, fix: string) => Problem;

/**
 * Reads one of the YAML files that programs edit.
 *
 * @param file path below the repository, for the messages
 * @throws PlatformError with line and column where the text is no YAML or not of the schema's shape; problems with
 *   what it means are the caller's, who reports them with `report`.
 */
export function readYamlSource<Schema extends z.ZodType>(
  file: string,
  text: string,
  schema: Schema,
  words: SourceWords,
): { readonly data: z.output<Schema>; readonly report: Reporter } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const report = reporter(file, document, lines);
  if (document.errors.length > 0) {
    throw new PlatformError(document.errors.map((error) => syntaxProblem(file, error, lines)));
  }
  const result = schema.safeParse(document.toJS(), { reportInput: true });
  if (!result.success) {
    throw new PlatformError(
      result.error.issues.map((issue) => {
        const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
        return report([...issue.path, ...extra], issue.input, shapeMessage(issue, words), shapeFix(issue, words));
      }),
    );
  }
  return { data: result.data, report };
}

function reporter(file: string, document: Document, lines: LineCounter): Reporter {
  return (path, value, message, fix) => {
    const { line, col } = lines.linePos(offsetOf(document, path));
    const text = typeof value === 'object' ? undefined : formatValue(value);
    return {
      file,
      line,
      column: col,
      key: formatPath(path) || 'the file',
      ...(text === undefined ? {} : { value: text }),
      message,
      fix,
    };
  };
}

/** Where a value begins; for a map, where its key does; for what is missing, where the map around it does. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  if (path.length === 0) return 0;
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isCollection(parent)) {
    for (const item of parent.items) {
      if (!isPair(item) || !isScalar(item.key) || item.key.value !== path.at(-1)) continue;
      const value = isScalar(item.value) ? item.value.range?.[0] : undefined;
      return value ?? item.key.range?.[0] ?? 0;
    }
  }
  return offsetOf(document, path.slice(0, -1));
}

function syntaxProblem(file: string, error: YAMLError, lines: LineCounter): Problem {
  const { line, col } = lines.linePos(error.pos[0]);
  const at = { file, line, column: col, key: 'the file' };
  if (error.code === 'DUPLICATE_KEY') {
    return { ...at, message: 'has this key twice in one map', fix: 'remove one of the two' };
  }
  if (error.code === 'TAB_AS_INDENT') {
    return { ...at, message: 'is indented with a tab, which YAML does not allow', fix: 'indent with spaces' };
  }
  return {
    ...at,
    message: `is not YAML: ${error.message}`,
    fix: 'correct the line; the one before it may be the cause',
  };
}

function shapeMessage(issue: z.core.$ZodIssue, words: SourceWords): string {
  if (issue.code === 'unrecognized_keys') return 'is not a field of this file';
  if (issue.input === undefined) return 'is missing';
  if (issue.code === 'invalid_format') return issue.message;
  if (issue.code === 'invalid_value') return words.invalidValue;
  return 'is not what belongs here';
}

function shapeFix(issue: z.core.$ZodIssue, words: SourceWords): string {
  if (issue.code === 'invalid_value') return `write one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'unrecognized_keys') return 'remove it, or check its spelling';
  return words.form;
}
