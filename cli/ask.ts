import { createInterface } from 'node:readline/promises';
import { CannotRollOut } from '../rollout/problem';

/**
 * Asks at the terminal; only a yes is one.
 *
 * @param yes answers for the user. @param must whether a no is an error, or an answer.
 * @throws CannotRollOut where there is no terminal to ask at, or on a no that is an error.
 */
export async function asked(question: string, yes: boolean, must = true): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY)
    throw new CannotRollOut(`${question} There is no terminal to ask at`, 'run it in a terminal, or see --yes');
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`${question} [y/N] `);
  prompt.close();
  if (/^y(es)?$/i.test(answer.trim())) return true;
  if (must) throw new CannotRollOut('you said no; nothing was changed', 'run it again when you mean it');
  return false;
}
