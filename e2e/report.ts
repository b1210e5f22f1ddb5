import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './command';
import { Broken } from './problem';

const results: { readonly name: string; readonly passed: boolean; readonly seconds: number }[] = [];

let written: { readonly file: string; readonly where: object } | undefined;

/**
 * From now on each scenario that ends becomes a line of a file, with the commit that is tested and where it is played.
 *
 * @param file undefined: nothing is written.
 */
export async function record(file: string | undefined, where: object): Promise<void> {
  if (file === undefined) return;
  const commit = (await run('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: path.join(__dirname, '..') })).trim();
  written = { file, where: { commit, ...where } };
}

/** A line about what is going on. */
export function detail(text: string): void {
  console.log(`    ${text}`);
}

/** A heading: which cluster, which run. */
export function heading(text: string): void {
  console.log(`\n== ${text}`);
}

/**
 * Runs one scenario and prints how it ended. A failure does not stop the others.
 *
 * @returns whether it passed.
 */
export async function scenario(name: string, body: () => Promise<void>): Promise<boolean> {
  const start = Date.now();
  console.log(`  ${name}`);
  let passed = true;
  try {
    await body();
  } catch (error) {
    passed = false;
    console.log(`    ${error instanceof Broken ? error.message : String((error as Error).stack)}`);
  }
  const seconds = (Date.now() - start) / 1000;
  results.push({ name, passed, seconds });
  if (written !== undefined) {
    const line = { ended: new Date().toISOString(), ...written.where, scenario: name, passed, seconds };
    appendFileSync(written.file, `${JSON.stringify(line)}\n`);
  }
  console.log(`  ${passed ? 'pass' : 'FAIL'}  ${name} (${seconds.toFixed(1)} s)`);
  return passed;
}

/** Prints the failures and the last line; returns the exit code. */
export function summary(): number {
  const failed = results.filter(({ passed }) => !passed);
  if (failed.length > 0) console.log(`\nFailed:\n${failed.map(({ name }) => `  ${name}`).join('\n')}`);
  console.log(`\n${results.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}
