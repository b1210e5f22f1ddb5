import { parseDockerfile } from './dockerfile';
import type { Finding, Rule } from './rule';
import { baseRules } from './rules/base';
import { buildRules } from './rules/build';
import { runtimeRules } from './rules/runtime';
import { secretRules } from './rules/secrets';

/** Every rule, in the order in which a Dockerfile is read. */
export const RULES: readonly Rule[] = [...baseRules, ...buildRules, ...secretRules, ...runtimeRules];

/**
 * What is wrong with a Dockerfile, by line.
 *
 * @param file path for the messages
 * @param text content of the file; it is parsed, nothing is built or downloaded
 */
export function lintDockerfile(file: string, text: string): readonly Finding[] {
  const dockerfile = parseDockerfile(text);
  return RULES.flatMap((rule) =>
    rule.check(dockerfile).map(({ at, message, fix }): Finding => {
      const start = at?.getRange().start;
      return {
        rule: rule.id,
        file,
        line: (start?.line ?? 0) + 1,
        column: (start?.character ?? 0) + 1,
        key: at === undefined ? 'the file' : (at.toString().split('\n', 1)[0] ?? ''),
        message: `${message} [${rule.id}]`,
        fix,
      };
    }),
  ).sort((left, right) => (left.line ?? 0) - (right.line ?? 0));
}
