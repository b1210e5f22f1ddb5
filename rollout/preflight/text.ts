import type { CheckResult } from './run';

/** The results for a person: one line a question, then what was found, with the remedy of each. */
export function preflightText(results: readonly CheckResult[]): string {
  const lines = results.flatMap(({ title, findings }) => {
    const bad = findings.some(({ level }) => level === 'problem');
    const mark = bad ? 'NO  ' : findings.length > 0 ? 'yes*' : 'yes ';
    return [
      `${mark}  ${title}`,
      ...findings.flatMap(({ level, what, remedy }) => [
        `      ${level}: ${what}`,
        ...remedy.map((line) => `        ${line}`),
      ]),
    ];
  });
  const count = (level: string): number =>
    results.reduce((sum, { findings }) => sum + findings.filter((finding) => finding.level === level).length, 0);
  const problems = count('problem');
  const warnings = count('warning');
  return [
    ...lines,
    '',
    `${problems} ${problems === 1 ? 'problem' : 'problems'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
  ].join('\n');
}
