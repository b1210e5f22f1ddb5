import type { RuleInfo } from '../rule';

/** The story of a rule for a terminal. */
export function explain(rule: RuleInfo): string {
  const { id, severity, title, why, fix, sources, samples, audience } = rule;
  const only =
    audience === 'aia' ? '\nOnly information in a tree without AIA data (labels that start with aia.io/).\n' : '';
  return `${id} (${severity}): ${title}
${only}
Why:  ${why}
Fix:  ${fix}
${sources.map((source) => `See:  ${source}`).join('\n')}

Passes:

${indent(samples.pass)}

Fails:

${indent(samples.fail)}
`;
}

/** A sample about size is not to be read to its end. */
const LONGEST_LINE = 120;

function indent(sample: string): string {
  const lines = sample.trimEnd().split('\n');
  const short = lines.map((line) =>
    line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 40)}… (${line.length} characters)` : line,
  );
  return short.join('\n').replace(/^(?=.)/gm, '    ');
}
