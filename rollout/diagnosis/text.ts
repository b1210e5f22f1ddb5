import type { Diagnosis } from './diagnose';
import { RUNBOOKS, runbookFile, type RunbookId } from './runbooks';

/** A diagnosis as the person at the terminal reads it. */
export function diagnosisText({
  kind,
  workload,
  available,
  desired,
  reason,
  pods,
  events,
  look,
  runbook,
}: Diagnosis): string {
  return [
    `${kind} ${workload}: ${available} of ${desired} available. ${reason}`,
    ...pods.map((pod) => `    pod    ${pod}`),
    ...events.map((event) => `    event  ${event}`),
    ...look.map((command) => `    look   ${command}`),
    `    read   ${runbookLine(runbook)}`,
  ].join('\n');
}

/** Where a runbook is, and what it is about. */
export function runbookLine(id: RunbookId): string {
  return `${runbookFile(id)} (${RUNBOOKS[id]})`;
}
