import { appendFileSync, existsSync, statSync } from 'node:fs';
import { cutMarkdown } from './cut';

/**
 * Bytes that GitHub takes as the summary of one step.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands "Step isolation and limits",
 *   read in November 2026: 1 MiB a step
 */
export const SUMMARY_LIMIT = 2 ** 20;

/** Adds the text to the job's summary, behind what is there; cut where it would be refused. */
export function addToSummary(file: string, text: string, details: string): void {
  const used = existsSync(file) ? statSync(file).size : 0;
  const sizeOf = (part: string): number => Buffer.byteLength(part);
  appendFileSync(file, `${cutMarkdown(text.trimEnd(), SUMMARY_LIMIT - used - 1, { details, sizeOf })}\n`);
}
