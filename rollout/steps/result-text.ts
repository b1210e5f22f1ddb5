import { diagnosisText, runbookLine } from '../diagnosis/text';
import type { GateValue } from '../gates/verdict';
import type { StepResult } from './run-step';

/** The figures of a gate under each other. */
export function gateText(values: readonly GateValue[]): string {
  const width = Math.max(...values.map(({ name }) => name.length));
  const figures = Math.max(...values.map(({ value }) => value.length));
  return values
    .map(({ name, value, wanted, ok, because }) => {
      const line = `  ${ok ? 'pass' : 'FAIL'}  ${name.padEnd(width)}  ${value.padEnd(figures)}  ${wanted}`;
      return because === undefined ? line : `${line}: ${because}`;
    })
    .join('\n');
}

/** What a step that ended tells the person at the terminal. */
export function resultText(result: StepResult, namespace: string): string {
  const { step, passed, why, verdict, diagnoses, runbooks, backOut } = result;
  const title = step.from === step.to ? `${step.cluster} at ${step.to}` : `${step.cluster}: ${step.from} to ${step.to}`;
  const lines = [passed ? `${title}: the gate has passed` : `${title}: the gate has NOT passed: ${why}`];
  if (verdict !== undefined) lines.push(gateText(verdict.values));
  if (passed) return lines.join('\n');
  if (diagnoses.length > 0)
    lines.push('What was wrong, before anything was taken back:', ...diagnoses.map(diagnosisText));
  lines.push(...runbooks.map((id) => `    read   ${runbookLine(id)}`));
  lines.push(...backOutLines(result, namespace));
  if (backOut !== undefined && !backOut.healthy) lines.push(...backOut.diagnoses.map(diagnosisText));
  return lines.join('\n');
}

function backOutLines({ step, backOut, kept }: StepResult, namespace: string): string[] {
  if (kept !== undefined) return [`Nothing is taken back: ${kept}.`];
  if (backOut === undefined) {
    return [
      step.from === step.to || step.from === 'none'
        ? `Nothing is taken back: Git holds no phase that ${step.cluster} had before. Mend what is told above and run again.`
        : 'Nothing was changed.',
    ];
  }
  const commit = backOut.revert?.slice(0, 12) ?? '';
  if (backOut.healthy) return [`Taken back to ${step.from} by ${commit}; everything is healthy again.`];
  return [
    `Reverted by ${commit}, but ${step.from} is not healthy yet: ${backOut.missing.join(', ')}`,
    `    look   kubectl -n ${namespace} get pods`,
    `    read   ${runbookLine('back-out-stuck')}`,
  ];
}
