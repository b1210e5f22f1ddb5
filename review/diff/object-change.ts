import type { ChangeKind } from '../review-model';
import type { Entry } from '../source/objects';
import type { Difference } from './difference';

/** An object that came, went, changed, or stands elsewhere. */
export interface ObjectChange {
  readonly kind: ChangeKind;
  /** Absent for an added object. */
  readonly base?: Entry;
  /** Absent for a removed object. */
  readonly head?: Entry;
  /** Empty for added and removed objects. */
  readonly differences: readonly Difference[];
  /** The promotion that makes this a change, where the two sides stand in two folders because of it. */
  readonly promotion?: Promotion;
}

/** A cluster that goes from one folder to another. */
export interface Promotion {
  /** The Application that moves, or the cluster whose pin does. */
  readonly by: string;
  readonly from: string;
  readonly to: string;
}

/** The object as it is after the change, or before it where it is gone. */
export function subjectOf({ head, base }: ObjectChange): Entry {
  const entry = head ?? base;
  if (!entry) throw new Error('a change has at least one side');
  return entry;
}
