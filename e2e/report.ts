import { Broken } from './problem';

const results: { readonly name: string; readonly passed: boolean; readonly seconds: number }[] = [];

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
