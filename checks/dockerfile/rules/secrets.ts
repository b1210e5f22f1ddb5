import { Arg, Env, type Instruction } from 'dockerfile-ast';
import type { Rule } from '../rule';

const SECRET = /(^|_)(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY)(_|$)/i;
/** Names that say where a secret lies are none themselves. */
const POINTER = /_(FILE|PATH|DIR|NAME)$/i;

/** What must not be in an image, since everybody who can pull it can read it. */
export const secretRules: readonly Rule[] = [
  {
    id: 'no-secret-value',
    why: 'ARG and ENV stay readable in the history of the image, even where a later layer removes them.',
    check: ({ instructions }) =>
      instructions.flatMap((at) =>
        namesOf(at)
          .filter((name) => SECRET.test(name) && !POINTER.test(name))
          .map((name) => ({
            at,
            message: `hands over ${name}, which looks like a secret`,
            fix: 'use RUN --mount=type=secret while building, and a mounted Secret while running',
          })),
      ),
  },
];

function namesOf(instruction: Instruction): string[] {
  if (instruction instanceof Env) return instruction.getProperties().map((property) => property.getName());
  if (instruction instanceof Arg) return [instruction.getProperty()?.getName() ?? ''];
  return [];
}
