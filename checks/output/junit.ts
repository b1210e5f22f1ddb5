import type { CheckResult } from '../engine';
import type { Finding } from '../finding';
import { sentenceOf, subjectOf } from './words';

/** JUnit's XML, which every CI system shows as tests: a file is a suite, an object a case, an error a failure. */
export function renderJunit({ findings, objects }: CheckResult): string {
  const suites = groupBy(findings, ({ file }) => file);
  const failures = findings.filter(isFailure).length;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="aia check" tests="${objects}" failures="${failures}">`,
  ];
  for (const [file, ofFile] of suites) {
    const cases = groupBy(ofFile, subjectOf);
    const failed = ofFile.filter(isFailure).length;
    lines.push(`  <testsuite name="${escape(file)}" tests="${cases.size}" failures="${failed}">`);
    for (const [subject, ofObject] of cases) lines.push(...testCase(file, subject, ofObject));
    lines.push('  </testsuite>');
  }
  return `${lines.join('\n')}\n</testsuites>\n`;
}

function testCase(file: string, subject: string, findings: readonly Finding[]): readonly string[] {
  const text = (finding: Finding): string =>
    `${finding.file}:${finding.line} ${finding.rule}: ${sentenceOf(finding)}. Fix: ${finding.fix}.`;
  const failures = findings
    .filter(isFailure)
    .map(
      (finding) =>
        `      <failure message="${escape(sentenceOf(finding))}" type="${escape(finding.rule)}">${escape(text(finding))}</failure>`,
    );
  const advice = findings
    .filter((finding) => !isFailure(finding))
    .map((finding) => escape(`${finding.severity}: ${text(finding)}`));
  return [
    `    <testcase name="${escape(subject)}" classname="${escape(file)}">`,
    ...failures,
    ...(advice.length > 0 ? [`      <system-out>${advice.join('\n')}</system-out>`] : []),
    '    </testcase>',
  ];
}

function isFailure({ severity }: Finding): boolean {
  return severity === 'error';
}

function groupBy(
  findings: readonly Finding[],
  keyOf: (finding: Finding) => string,
): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(keyOf(finding));
    if (group) group.push(finding);
    else groups.set(keyOf(finding), [finding]);
  }
  return groups;
}

/** XML 1.0 has no way to write most control characters at all. */
function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}
