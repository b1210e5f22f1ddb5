import type { CheckResult } from '../engine';
import type { Finding } from '../finding';
import { RULES } from '../registry';
import { sentenceOf, subjectOf } from './words';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/**
 * SARIF 2.1.0, which code hosts show beside the lines of a pull request.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif({ findings, waived }: CheckResult): string {
  const used = [...findings, ...waived];
  const rules = RULES.filter(({ id }) => used.some(({ rule }) => rule === id));
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'aia check',
            rules: rules.map(({ id, title, why, fix, sources, severity }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: why },
              help: { text: fix },
              ...(sources[0] !== undefined && { helpUri: sources[0] }),
              defaultConfiguration: { level: LEVELS[severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: [
          ...findings.map((finding) => result(finding, indexOf)),
          ...waived.map((finding) => ({
            ...result(finding, indexOf),
            suppressions: [{ kind: 'inSource', justification: `${finding.reason} (until ${finding.until})` }],
          })),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function result(finding: Finding, indexOf: ReadonlyMap<string, number>): Record<string, unknown> {
  const { rule, severity, file, line, path } = finding;
  const index = indexOf.get(rule);
  return {
    ruleId: rule,
    ...(index !== undefined && { ruleIndex: index }),
    level: LEVELS[severity],
    message: { text: `${subjectOf(finding)}: ${sentenceOf(finding)}. Fix: ${finding.fix}.` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: line } },
        logicalLocations: [{ fullyQualifiedName: path === '' ? subjectOf(finding) : `${subjectOf(finding)} ${path}` }],
      },
    ],
  };
}
