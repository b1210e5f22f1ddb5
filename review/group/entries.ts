import { formatSteps, type Difference } from '../diff/difference';
import { subjectOf } from '../diff/object-change';
import { isSecretVariable, type SecretDigest } from '../diff/secret';
import type { JudgedChange, Reason } from '../effects/judge';
import { grouped } from '../grouped';
import {
  worseRisk,
  RISKS,
  type Change,
  type ChangeKind,
  type FieldChange,
  type Origin,
  type Place,
} from '../review-model';

/** An entry of the review and whether it is on a cluster already. */
export interface GroupedChange {
  readonly change: Change;
  readonly isLive: boolean;
}

const KINDS: readonly ChangeKind[] = ['removed', 'changed', 'renamed', 'moved', 'added'];
export const NOT_LIVE = 'no Application here deploys this folder: the merge alone brings it to no cluster';
/** Reasons of a group that differ from object to object; more say no more. */
const MOST_REASONS = 8;

/** Makes one entry of the same change wherever it stands, the riskiest first. */
export function groupChanges(
  judged: readonly JudgedChange[],
  digest: SecretDigest,
  isLive: (place: string) => boolean,
): readonly Change[] {
  const singles = judged.map((one) => ({ one, fields: fieldsOf(one, digest) }));
  const groups = grouped(singles, ({ one, fields }) => keyOf(one, fields));
  const entries = [...groups.values()].map((group): GroupedChange => {
    const sorted = [...group].sort((a, b) => comparePlaces(placeOf(a.one), placeOf(b.one)));
    const [first] = sorted;
    if (!first) throw new Error('a group has at least one change');
    const places = sorted.map(({ one }) => placeOf(one));
    const reasons = reasonsOf(sorted.flatMap(({ one }) => one.reasons));
    const isLiveHere = places.some(({ place }) => isLive(place));
    return {
      isLive: isLiveHere,
      change: {
        object: subjectOf(first.one.change).name,
        from: originOf(first.one),
        kind: first.one.change.kind,
        risk: sorted.reduce((risk, { one }) => worseRisk(risk, one.risk), first.one.risk),
        reasons: [...reasons.slice(0, MOST_REASONS), ...(isLiveHere ? [] : [NOT_LIVE])],
        places,
        fields: first.fields,
      },
    };
  });
  return entries.sort(byUrgency).map(({ change }) => change);
}

function byUrgency(one: GroupedChange, other: GroupedChange): number {
  const [a, b] = [one.change, other.change];
  return (
    RISKS.indexOf(a.risk) - RISKS.indexOf(b.risk) ||
    Number(other.isLive) - Number(one.isLive) ||
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    b.places.length - a.places.length ||
    comparePlaces(a.places[0], b.places[0]) ||
    compare(a.fields[0]?.path ?? '', b.fields[0]?.path ?? '')
  );
}

function comparePlaces(one: Place | undefined, other: Place | undefined): number {
  return (
    compare(one?.file ?? '', other?.file ?? '') ||
    compare(one?.object.kind ?? '', other?.object.kind ?? '') ||
    compare(one?.object.name ?? '', other?.object.name ?? '')
  );
}

/** Each reason once; those that say the same of several objects are one. */
function reasonsOf(reasons: readonly Reason[]): readonly string[] {
  return [...grouped(reasons, ({ general }) => general)].map(([general, same]) => {
    const texts = new Set(same.map(({ text }) => text));
    return texts.size === 1 ? (same[0]?.text ?? general) : general;
  });
}

/** What makes two changes the same: their fields, and for whole objects their content. */
function keyOf({ change, risk, reasons }: JudgedChange, fields: readonly FieldChange[]): string {
  const { kind, base, head } = change;
  // What no field shows, such as a version that goes, must not be merged with another object's.
  const alone = fields.length === 0 ? reasons.map(({ text }) => text) : [];
  if (kind === 'changed' && fields.length > 0) return JSON.stringify([kind, risk, fields]);
  const identity = [base?.name.kind, base?.name.name, head?.name.kind, head?.name.namespace, head?.name.name];
  const content = kind === 'added' ? head?.object : kind === 'removed' ? base?.object : undefined;
  return JSON.stringify(
    [kind, risk, identity, content, fields, kind === 'changed' ? alone : []],
    (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  );
}

function placeOf({ change }: JudgedChange): Place {
  const { place, name, file } = subjectOf(change);
  return { place, object: name, file };
}

function originOf({ change: { kind, base, promotion } }: JudgedChange): Origin | null {
  if (!base || (kind !== 'renamed' && kind !== 'moved' && promotion === undefined)) return null;
  return { ...base.name, place: placeBefore(base.file), file: base.file };
}

function placeBefore(file: string): string {
  const slash = file.lastIndexOf('/');
  return slash < 0 ? '.' : file.slice(0, slash);
}

function fieldsOf({ change, effects }: JudgedChange, digest: SecretDigest): readonly FieldChange[] {
  return change.differences.map((one) => {
    const path = formatSteps(one.steps);
    const effect = effects.get(one) ?? 'other';
    if (one.isSecret) {
      return {
        path,
        before: null,
        after: null,
        effect,
        digest: { before: digest.of(secretOf(one, one.before)), after: digest.of(secretOf(one, one.after)) },
      };
    }
    return { path, before: plain(one.before), after: plain(one.after), effect };
  });
}

/** A variable that came or went as a whole is told by its value. */
function secretOf(_difference: Difference, value: unknown): unknown {
  return isSecretVariable(value) ? (value as { value: unknown }).value : value;
}

/** JSON has no integers of more than 53 bits; secrets inside of what came or went as a whole are masked. */
function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, child]): [string, unknown] => [
    key,
    key === 'value' && isSecretVariable(value) ? null : plain(child),
  ]);
  return Object.fromEntries(entries);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
