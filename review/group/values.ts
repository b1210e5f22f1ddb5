import { resolveScalar } from '../../model/manifest/scalars';

const LONGEST = 80;

/** A value on one line: text as it is where nothing else could be meant, the rest as JSON; shortened. */
export function shortValue(value: unknown, longest = LONGEST): string {
  if (value === undefined || value === null) return '(none)';
  const isPlain =
    typeof value === 'string' && /^[^\s"](.*[^\s"])?$/.test(value) && typeof resolveScalar(value) === 'string';
  const text = isPlain
    ? value
    : JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
