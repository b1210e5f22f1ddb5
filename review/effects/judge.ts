import type { Difference } from '../diff/difference';
import { subjectOf, type ObjectChange } from '../diff/object-change';
import { RISKS, worseRisk, type Effect, type Risk } from '../review-model';
import { application } from './application';
import { configuration } from './configuration';
import type { Consequence, EffectRule } from './consequence';
import { definition } from './definition';
import { emptied } from './emptied';
import { operated } from './operated';
import { prune } from './prune';
import { reach } from './reach';
import { recreate } from './recreate';
import { resources } from './resources';
import { restart } from './restart';
import { scale } from './scale';
import type { Surroundings } from './surroundings';
import { weakerData } from './weaker-data';
import { weakerNetwork } from './weaker-network';
import { weakerPod } from './weaker-pod';

const RULES: readonly EffectRule[] = [
  ...[recreate, prune, emptied, weakerPod, weakerNetwork, weakerData, reach],
  ...[restart, operated, scale, resources, configuration, definition, application],
];

/** A field has one effect: the first of these that holds. */
const PRECEDENCE: readonly Effect[] = ['recreate', 'prune', 'weaker', 'reach', 'restart', 'scale', 'other'];

/** Why a change has its risk, about this object and about any. */
export interface Reason {
  readonly text: string;
  readonly general: string;
}

/** A change with its risk. */
export interface JudgedChange {
  readonly change: ObjectChange;
  readonly risk: Risk;
  readonly reasons: readonly Reason[];
  readonly effects: ReadonlyMap<Difference, Effect>;
}

/** What a change does, its risk and the reasons, the worst first. */
export function judge(change: ObjectChange, around: Surroundings): JudgedChange {
  const consequences = RULES.flatMap((rule) => [...rule(change, around)]);
  const effects = new Map<Difference, Effect>();
  for (const difference of change.differences) {
    effects.set(difference, difference.harmless === undefined ? effectOf(difference, consequences) : 'none');
  }
  const real = change.differences.filter(({ harmless }) => harmless === undefined);
  const harmless = [...new Set(change.differences.flatMap((one) => one.harmless ?? []))];
  const isNothing = change.kind === 'changed' && real.length === 0;
  if (isNothing) return { change, risk: 'none', reasons: harmless.map(plainReason), effects };
  const byRisk = [...consequences].sort((one, other) => RISKS.indexOf(one.risk) - RISKS.indexOf(other.risk));
  const risk = byRisk.reduce<Risk>((worst, one) => worseRisk(worst, one.risk), 'low');
  const texts = new Map(byRisk.map(({ reason, general }) => [reason, { text: reason, general: general ?? reason }]));
  const reasons = [...texts.values()];
  if (reasons.length === 0) {
    reasons.push(plainReason(plainText(change, real)));
  }
  return { change, risk, reasons, effects };
}

/** Groups of Kubernetes itself: what their controllers do is known here. */
const BUILT_IN = /^(v1|(apps|batch|autoscaling|policy)\/.*|[^/]*\.k8s\.io\/.*)$/;

/** What is said of a change that no rule has anything to say about. */
function plainText(change: ObjectChange, real: readonly Difference[]): string {
  if (change.kind === 'added') return 'is new';
  const isMetadata = real.every(({ steps }) => steps[0] === 'metadata' && steps.length > 1 && steps[1] !== 'name');
  if (isMetadata) return 'labels and annotations only';
  const { apiVersion } = subjectOf(change).object;
  return BUILT_IN.test(apiVersion)
    ? 'no effect on pods, access or data is known'
    : 'what follows is up to its controller';
}

function plainReason(text: string): Reason {
  return { text, general: text };
}

function effectOf(difference: Difference, consequences: readonly Consequence[]): Effect {
  const found = consequences.filter(({ fields }) => fields.includes(difference)).map(({ effect }) => effect);
  return PRECEDENCE.find((effect) => found.includes(effect as Exclude<Effect, 'none'>)) ?? 'other';
}
