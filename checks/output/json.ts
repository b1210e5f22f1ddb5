import type { CheckResult } from '../engine';

/** The stable form for programs; docs/check.md documents every field. */
export function renderJson({ objects, skipped, findings, waived, unknownKinds }: CheckResult): string {
  return `${JSON.stringify({ version: 1, objects, skipped, findings, waived, unknownKinds }, null, 2)}\n`;
}
