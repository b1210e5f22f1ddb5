import type { RuleInfo } from '../rule';

/** The story of a rule for a terminal. */
export function explain(rule: RuleInfo): string {
  const { id, severity, title, why, fix, sources, samples, audience } = rule;
  const only = audience === 'aia' ? '\nOnly information in a tree without AIA data (labels that start with aia.io/).\n' : '';
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

function indent(sample: string): string {
  return sample.trimEnd().replace(/^(?=.)/gm, '    ');
}
