import type { Severity } from '../../model/platform/objective';

/** Samples of one minute each, by series; the values in promtool's notation: `0x9 1x20`. */
export type SeriesOf = Readonly<Record<string, string>>;

/** What must fire an alert, and what must not though it looks like it. */
export interface AlertCase {
  readonly alert: string;
  readonly severity: Severity;
  /** Says which of several ways to the same alert it is. */
  readonly what: string;
  readonly cluster?: string;
  readonly fires: SeriesOf;
  /** The minute at which it fires; a minute before, it does not. */
  readonly at: number;
  /** Its labels beside `alertname` and `severity`. */
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly runbook: string;
  readonly quiet: SeriesOf;
}

/** `metric{namespace="aia",…}` */
export function series(metric: string, labels: Readonly<Record<string, string>> = {}): string {
  const all = Object.entries({ namespace: 'aia', ...labels }).map(([name, value]) => `${name}="${value}"`);
  return `${metric}{${all.join(',')}}`;
}
