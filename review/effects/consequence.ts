import { patternOf, type Difference } from '../diff/difference';
import type { ObjectChange } from '../diff/object-change';
import type { Effect, Risk } from '../review-model';
import type { Surroundings } from './surroundings';

/** What a change does, why it matters, and the fields that do it. */
export interface Consequence {
  readonly effect: Exclude<Effect, 'none'>;
  readonly risk: Exclude<Risk, 'none'>;
  /** Part of a sentence about the object, such as "memory limit falls from 4Gi to 2Gi". */
  readonly reason: string;
  /** The reason without what is this object's alone, for many objects with the same change. */
  readonly general?: string;
  readonly fields: readonly Difference[];
}

/** One question about a change. */
export type EffectRule = (change: ObjectChange, around: Surroundings) => Iterable<Consequence>;

/** Differences that mean something, whose keys (joined by slashes, `*` for items) match. */
export function fieldsAt({ differences }: ObjectChange, pattern: RegExp): readonly Difference[] {
  return differences.filter((one) => one.harmless === undefined && pattern.test(patternOf(one.steps)));
}

/** The first of them, for fields that stand once in an object. */
export function fieldAt(change: ObjectChange, pattern: RegExp): Difference | undefined {
  return fieldsAt(change, pattern)[0];
}
