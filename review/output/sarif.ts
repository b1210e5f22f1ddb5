import type { Finding } from '../../checks/finding';
import type { Change, Effect, Place, Review, Risk } from '../review-model';
import { fieldTexts } from './field-text';
import { objectText, titleOf } from './words';

const LEVELS: Record<Exclude<Risk, 'none'>, string> = { high: 'error', medium: 'warning', low: 'note' };
const SEVERITIES = { error: 'error', warning: 'warning', info: 'note' } as const;
/** Code hosts take this many locations of one result, and show the first. */
const MOST_LOCATIONS = 10;

const EFFECTS: Record<Effect, string> = {
  restart: 'Pods restart',
  recreate: 'A field that can not be changed in place',
  prune: 'An object goes',
  weaker: 'A guard falls',
  scale: 'Replicas, limits or budgets change',
  reach: 'Who can call whom changes',
  other: 'A change',
  none: 'A change without effect',
};
const RULES = new Map(Object.entries(EFFECTS).map(([effect, text]) => [`change-${effect}`, text]));

/**
 * SARIF 2.1.0, which code hosts show beside the lines of a pull request. Changes without effect are left out.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif({ changes, findings }: Review, lineOf: (place: Place) => number): string {
  const results = [
    ...changes.flatMap((change) => (change.risk === 'none' ? [] : [changeResult(change, change.risk, lineOf)])),
    ...findings.introduced.map(findingResult),
  ];
  const used = [...new Set(results.map(({ ruleId }) => ruleId))].sort();
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'aia review',
            rules: used.map((id) => ({
              id,
              shortDescription: {
                text: RULES.get(id) ?? `New finding of aia check: ${id}`,
              },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: results.map((result) => ({ ...result, ruleIndex: used.indexOf(result.ruleId) })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly unknown[];
}

function changeResult(change: Change, risk: Exclude<Risk, 'none'>, lineOf: (place: Place) => number): Result {
  const fields = fieldTexts(change, 5, 5);
  return {
    ruleId: `change-${mainEffect(change)}`,
    level: LEVELS[risk],
    message: { text: [`${titleOf(change)}: ${change.reasons.join('; ')}.`, ...fields].join('\n') },
    locations: change.places
      .slice(0, MOST_LOCATIONS)
      .map((place) => location(place.file, lineOf(place), objectText(place.object))),
  };
}

/** The effect that most of the risk comes from: the first field's that has one. */
function mainEffect({ kind, fields }: Change): Effect {
  if (kind === 'removed') return 'prune';
  const order: readonly Effect[] = ['recreate', 'prune', 'weaker', 'reach', 'scale', 'restart'];
  return order.find((effect) => fields.some((field) => field.effect === effect)) ?? 'other';
}

function findingResult({ rule, severity, object, file, line, path, message, fix }: Finding): Result {
  const subject = object ? objectText(object) : file;
  return {
    ruleId: rule,
    level: SEVERITIES[severity],
    message: { text: `${subject}: ${path === '' ? '' : `${path} `}${message}. Fix: ${fix}.` },
    locations: [location(file, line, path === '' ? subject : `${subject} ${path}`)],
  };
}

function location(file: string, line: number, name: string): unknown {
  return {
    physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: line } },
    logicalLocations: [{ fullyQualifiedName: name }],
  };
}
