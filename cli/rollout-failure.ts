import { PlatformError } from '../model/platform/problems';
import { CannotRollOut } from '../rollout/problem';
import { EXIT } from './exit-code';

/** Runs a command of the rollout; what it can't do is told in two lines, with exit code 2. */
export async function orExplain(name: string, body: () => Promise<number>): Promise<number> {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof CannotRollOut || error instanceof PlatformError)) throw error;
    process.stderr.write(`aia ${name}: ${error.message}\n`);
    return EXIT.failed;
  }
}
