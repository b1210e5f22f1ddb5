import type { Finding } from '../checks/finding';
import type { Edge } from './reachability/edge';

/** How much attention a change asks for. */
export type Risk = 'high' | 'medium' | 'low' | 'none';

/** From the most to the least urgent. */
export const RISKS: readonly Risk[] = ['high', 'medium', 'low', 'none'];

/** What a changed field does to the cluster. */
export type Effect = 'none' | 'restart' | 'recreate' | 'prune' | 'weaker' | 'scale' | 'reach' | 'other';

/** The object as the API server names it; missing parts are empty strings. */
export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Short keyed digests of a Secret value before and after; null where the key was not there. */
export interface Digests {
  readonly before: string | null;
  readonly after: string | null;
}

export interface FieldChange {
  /** Field path (docs/review.md). */
  readonly path: string;
  /** The value as it stood, in its JSON type; null where the field was not there, and for every Secret value. */
  readonly before: unknown;
  readonly after: unknown;
  readonly effect: Effect;
  /** Only for Secret values. */
  readonly digest?: Digests;
}

/** Where a change stands. */
export interface Place {
  /** Folder relative to BASE or HEAD; `.` is the top. */
  readonly place: string;
  readonly object: ObjectName;
  readonly file: string;
}

/** What a renamed, moved or promoted object was before. */
export interface Origin extends ObjectName {
  readonly place: string;
  readonly file: string;
}

export type ChangeKind = 'added' | 'removed' | 'changed' | 'renamed' | 'moved';

/** One entry of the review: the same change, wherever it stands. */
export interface Change {
  readonly object: ObjectName;
  readonly from: Origin | null;
  readonly kind: ChangeKind;
  readonly risk: Risk;
  /** Why it has this risk, the worst first. */
  readonly reasons: readonly string[];
  readonly places: readonly Place[];
  readonly fields: readonly FieldChange[];
}

/** A value before and after; null where it can't be known. */
export interface BeforeAfter<Value> {
  readonly base: Value | null;
  readonly head: Value | null;
}

/** Pods and what they request, as `aia capacity --format json` prints it: millicores and bytes. */
interface AmountsJson {
  readonly pods: number;
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
}

/** Sets of `aia capacity --format json` (docs/capacity.md), without what its orders and losses would say. */
export interface CapacitySets {
  readonly sets: readonly {
    readonly set: string;
    readonly phase: string | null;
    readonly cluster: string | null;
    readonly totals: Readonly<Record<'minimum' | 'expected' | 'maximum', AmountsJson>>;
    /** Empty where no nodes are known. */
    readonly pools: readonly { readonly pool: string; readonly allocatable: AmountsJson }[];
    readonly problems: readonly { readonly scale: string; readonly message: string; readonly fix: string }[];
    readonly [more: string]: unknown;
  }[];
}

/** Sets of `aia cost --format json` (docs/cost.md), in millionths of a US dollar a month. */
export interface CostSets {
  readonly sets: readonly {
    readonly set: string;
    readonly phase: string | null;
    readonly cluster: string | null;
    readonly microUsdPerMonth: Readonly<Record<'minimum' | 'expected' | 'maximum', number>>;
    readonly [more: string]: unknown;
  }[];
}

/** What `aia review` found out; the JSON output is this, literally. */
export interface Review {
  readonly version: 1;
  readonly objects: { readonly base: number; readonly head: number };
  /** The riskiest first. */
  readonly changes: readonly Change[];
  readonly capacity: BeforeAfter<CapacitySets>;
  readonly cost: BeforeAfter<CostSets>;
  readonly reachability: { readonly added: readonly Edge[]; readonly removed: readonly Edge[] };
  readonly findings: { readonly introduced: readonly Finding[]; readonly fixed: readonly Finding[] };
  /** What a reader must know beside the changes: promotions, files that differ in spelling only. */
  readonly notes: readonly string[];
}

/** True where `risk` is as urgent as `threshold` or more. */
export function isAtLeastRisk(risk: Risk, threshold: Risk): boolean {
  return RISKS.indexOf(risk) <= RISKS.indexOf(threshold);
}

/** The more urgent of two risks. */
export function worseRisk(one: Risk, other: Risk): Risk {
  return isAtLeastRisk(one, other) ? one : other;
}
