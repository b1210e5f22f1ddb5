import { asRecord, shown } from '../../model/manifest/access';
import { patternOf, type Difference } from '../diff/difference';
import { subjectOf } from '../diff/object-change';
import { fieldsAt, type Consequence, type EffectRule } from './consequence';

const RETENTION_DAYS = /(^|\/)(annotations|labels)\/[^/]+\/retention-days$/;
/** How long logs, metrics and backups are kept. */
const KEPT = /(^|\/)(retention|retentionPeriod|retentionPolicy|retentionDays|backupRetention)$/;
const DATA_CLASS = /(^|\/)(annotations|labels)\/[^/]+\/data-class$/;
const CLASSES = ['special', 'personal', 'pseudonymised', 'none'];
const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
};
/** Where pods and volumes may lie. */
const LOCATION =
  /(nodeAffinity|requiredDuringSchedulingIgnoredDuringExecution)(\/|$)|(^|\/)(nodeSelector)(\/|$)|allowedTopologies(\/|$)|(^|\/)affinity$/;
const PLACE_LABEL = /topology\.kubernetes\.io\/(region|zone)|\/pool"|\/region"/;

/** Promises about data that fall: how long it is kept, how it is classed, where it lies. */
export const weakerData: EffectRule = function* (change) {
  for (const field of fieldsAt(change, RETENTION_DAYS)) {
    const [before, after] = [Number(field.before), Number(field.after)];
    if (field.after === undefined) yield weaker('nothing says any more how long personal data is kept', field);
    else if (after > before) yield weaker(`personal data is kept ${after} days, before ${before}`, field);
  }
  for (const field of fieldsAt(change, KEPT)) {
    const [before, after] = [secondsOf(field.before), secondsOf(field.after)];
    if (before !== undefined && after !== undefined && after < before) {
      yield weaker(`is kept ${String(field.after)}, before ${String(field.before)}: what is older is deleted`, field);
    }
  }
  for (const field of fieldsAt(change, DATA_CLASS)) {
    const [one, other] = [CLASSES.indexOf(shown(field.before)), CLASSES.indexOf(shown(field.after ?? 'none'))];
    if (one >= 0 && other > one)
      yield weaker(`its data counts as ${shown(field.after ?? 'nothing')}, before ${shown(field.before)}`, field);
  }
  const { object } = subjectOf(change);
  for (const field of fieldsAt(change, LOCATION)) {
    if (!PLACE_LABEL.test(JSON.stringify(rootOf(field, object)))) continue;
    const path = patternOf(field.steps);
    const isGone = field.after === undefined || field.after === null;
    // A preference ties nothing, and one choice less among several ties more.
    if (path.includes('preferred') || (isGone && path.endsWith('/values/*'))) continue;
    const reason = isGone ? 'nothing ties it to its place any more' : 'may lie or run elsewhere than before';
    yield { effect: 'weaker', risk: isGone ? 'high' : 'medium', reason, fields: [field] };
  }
  if (object.kind === 'StorageClass' || object.kind === 'PersistentVolume') {
    for (const field of fieldsAt(change, /(^|\/)(disk-encryption-kms-key|kmsKeyId|encrypted|diskEncryptionSetID)$/)) {
      yield weaker('encryption of volumes changes', field);
    }
    for (const field of fieldsAt(change, /eclaimPolicy$/)) {
      if (field.before === 'Retain') yield weaker('volumes are deleted with their claims', field);
    }
  }
};

/** The field's value with its path, or for a value inside an expression everything that the expression may name. */
function rootOf({ steps, before, after }: Difference, object: unknown): unknown {
  const path = patternOf(steps);
  const isInside = path.includes('matchExpressions/*/values');
  return [`${path}"`, before, after, ...(isInside ? [asRecord(object)?.spec] : [])];
}

function secondsOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const found = typeof value === 'string' ? /^(\d+)([smhdwMy])?$/.exec(value) : null;
  return found ? Number(found[1]) * (UNITS[found[2] ?? 's'] ?? 1) : undefined;
}

function weaker(reason: string, field: Difference): Consequence {
  return { effect: 'weaker', risk: 'high', reason, fields: [field] };
}
