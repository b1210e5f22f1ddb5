import type { Keys } from '../model/manifest/access';

/** How bad it is: `error` is refused by the API server, breaks at run time or is forbidden here; the rest is advice. */
export type Severity = 'error' | 'warning' | 'info';

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** True where `severity` is as bad as `threshold` or worse. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

/** The object that a finding is about; missing parts are empty strings. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** One thing that is wrong, as it is printed and as the JSON output has it. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Null where a file could not be read as objects. */
  readonly object: ObjectRef | null;
  /** Field path (docs/check.md), empty for the object as a whole. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
  /** Relative to the working directory, with forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A finding that somebody has accepted for a time. */
export interface WaivedFinding extends Finding {
  readonly reason: string;
  /** Last day of the waiver, as YYYY-MM-DD. */
  readonly until: string;
}

/** What a rule reports: the place as keys, from which path and line are worked out. */
export interface RawFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly keys: Keys;
  readonly message: string;
  readonly fix: string;
}
