import type { KubeObject } from '../model/kube-object';
import type { RawFinding } from './finding';

/** Permission to leave a finding as it is, for a time and with a reason. */
export interface Waiver {
  readonly rule: string;
  readonly reason: string;
  /** Last day, YYYY-MM-DD. */
  readonly until: string;
}

/** A waiver of a waivers file, which says what it is for. */
export interface FileWaiver extends Waiver {
  /** `Kind/namespace/name` or `Kind/name`; `*` stands for any part. */
  readonly object: string;
}

/** Prefix of the annotation that waives one rule for its object: `aia.io/waive.image-tag: "why; until 2027-01-31"`. */
export const WAIVE_PREFIX = 'aia.io/waive.';

const ANNOTATION = /^\s*(.*?\S)\s*;\s*until\s+(\d{4}-\d\d-\d\d)\s*$/s;

/** The object's own waivers; an annotation in another form waives nothing and is a finding. */
export function annotationWaivers(object: KubeObject): { waivers: readonly Waiver[]; faults: readonly RawFinding[] } {
  const annotations = object.metadata.annotations;
  if (typeof annotations !== 'object' || (annotations as unknown) === null) return NONE;
  const keys = Object.keys(annotations).filter((key) => key.startsWith(WAIVE_PREFIX));
  if (keys.length === 0) return NONE;
  const waivers: Waiver[] = [];
  const faults: RawFinding[] = [];
  for (const key of keys) {
    const match = ANNOTATION.exec(String(annotations[key]));
    const rule = key.slice(WAIVE_PREFIX.length);
    if (match?.[1] !== undefined && match[2] !== undefined && isDay(match[2])) {
      waivers.push({ rule, reason: match[1], until: match[2] });
    } else {
      faults.push({
        rule: 'waiver',
        severity: 'warning',
        keys: ['metadata', 'annotations', key],
        message: 'waives nothing: reason or last day is missing',
        fix: 'write "<reason>; until YYYY-MM-DD"',
      });
    }
  }
  return { waivers, faults };
}

const NONE = { waivers: [], faults: [] } as const;

/** Waivers of the file that are meant for the object. */
export function waiversFor(object: KubeObject, all: readonly FileWaiver[]): readonly Waiver[] {
  if (all.length === 0) return all;
  const { name, namespace } = object.metadata;
  const self = namespace === undefined ? [object.kind, name] : [object.kind, namespace, name];
  return all.filter((waiver) => {
    const parts = waiver.object.split('/');
    return parts.length === self.length && parts.every((part, index) => part === '*' || part === self[index]);
  });
}

/** True for a day that is in the calendar. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
