/** Something wrong in the platform's data, with all that a person needs to mend it. */
export interface Problem {
  /** File relative to the repository. */
  readonly file: string;
  /** 1-based; only where the file is YAML. */
  readonly line?: number;
  readonly column?: number;
  /** Path of the field: `containers[0].resources.phase-1.limits.cpu`. */
  readonly key: string;
  /** What stands there, as JSON; left out where nothing does. */
  readonly value?: string;
  readonly message: string;
  readonly fix: string;
}

/** How a check of several files says what is wrong: file, field, what stands there, message, remedy. */
export type Report = (file: string, key: string, value: unknown, message: string, fix: string) => void;

/** Data that can't be rendered. Nothing has been written when this is thrown. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
  }
}

/** Two lines: where and what, then the remedy. */
export function formatProblem({ file, line, column, key, value, message, fix }: Problem): string {
  const position = line === undefined ? '' : `:${line}:${column ?? 1}`;
  const subject = value === undefined ? key : `${key}: ${value}`;
  return `${file}${position}: ${subject} ${message}\n  Fix: ${fix}`;
}

/** A field path as the messages print it: `workloads.api.containers[0].name`. */
export function formatPath(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? String(part) : `.${String(part)}`;
  }
  return text;
}

/** A value as it stands in the data, short enough for one line. */
export function formatValue(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value, (_, entry: unknown) => (typeof entry === 'bigint' ? String(entry) : entry));
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
