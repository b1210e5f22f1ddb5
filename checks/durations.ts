const UNITS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const PART = /(\d+(?:\.\d+)?|\.\d+)(ns|us|ms|s|m|h)/g;

/** Milliseconds of a duration in Go's form (`1m30s`, `250ms`); undefined for other text. */
export function milliseconds(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (text.replace(PART, '') !== '') return undefined;
  return [...text.matchAll(PART)].reduce((sum, [, number, unit]) => sum + Number(number) * (UNITS[unit ?? ''] ?? 0), 0);
}
