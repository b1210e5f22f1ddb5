import { grouped } from '../grouped';
import { measureRows, newCapacityProblems } from '../measure/rows';
import type { Change, ObjectName, Review, Risk } from '../review-model';
import type { Fold } from './fold';

/** What the risks together mean for the reader. */
export function verdict(review: Review): string {
  const { changes, findings } = review;
  const unfit = newCapacityProblems(review);
  if (unfit.length > 0)
    return `Do not approve: what is requested does not fit the nodes (${counted(unfit.length, 'new problem')}).`;
  const errors = findings.introduced.filter(({ severity }) => severity === 'error').length;
  const counts = countRisks(changes);
  const also = errors > 0 ? `, and ${counted(errors, 'new error')} of aia check` : '';
  if (counts.high > 0)
    return `Do not approve before you have read ${counted(counts.high, 'change')} of high risk${also}.`;
  if (errors > 0) return `Do not approve: ${counted(errors, 'new error')} of aia check.`;
  if (counts.medium > 0) return `Read ${counted(counts.medium, 'change')} of medium risk, then approve.`;
  if (counts.low > 0) {
    const isQuiet = changes.every(
      ({ kind, fields }) => kind !== 'removed' && fields.every(({ effect }) => effect !== 'restart'),
    );
    const quiet = isQuiet ? ', no pod restarts, nothing is removed' : '';
    return `Nothing of more than low risk${quiet}: ${counted(counts.low, 'change')}. Approve if that is what was meant.`;
  }
  if (changes.length > 0) return 'Nothing changes on the cluster: what differs has no effect. Approve.';
  return 'No object differs.';
}

export function countRisks(changes: readonly Change[]): Record<Risk, number> {
  const counts: Record<Risk, number> = { high: 0, medium: 0, low: 0, none: 0 };
  for (const { risk } of changes) counts[risk] += 1;
  return counts;
}

/** `1 high, 2 medium, 0 low, 3 without effect`. */
export function riskText(changes: readonly Change[]): string {
  const { high, medium, low, none } = countRisks(changes);
  return `${high} high, ${medium} medium, ${low} low, ${none} without effect`;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `Deployment aia/api`. */
export function objectText({ kind, namespace, name }: ObjectName): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}

/** The object, or how many there are, and in how many places. */
export function titleOf({ object, places, kind, from }: Change): string {
  const names = new Set(places.map((place) => objectText(place.object)));
  const subject =
    names.size === 1
      ? objectText(object)
      : `${places.length} objects: ${objectText(object)} and ${places.length - 1} more`;
  const folders = new Set(places.map(({ place }) => place)).size;
  const where = folders > 1 ? ` in ${folders} places` : '';
  const origin = kind === 'renamed' && from ? `, before ${from.name}` : '';
  return `${kind} ${subject}${where}${origin}`;
}

/** What is told of entries that are told together: how many objects of which kinds. */
export function foldTitle({ first, changes, kind }: Fold): string {
  if (kind === 'one') return titleOf(first);
  const objects = changes.flatMap(({ places }) => places).map(({ object }) => object.kind);
  const kinds = [...grouped(objects, (one) => one)].map(([name, { length }]) => `${name} ${length}`).sort();
  const where = new Set(first.places.map(({ place }) => place)).size > 1 ? ' in each of several places' : '';
  return `${first.kind} ${counted(objects.length, 'object')}${where}: ${kinds.join(', ')}`;
}

/** Folders of a change, the first ones by name. */
export function placesText({ places }: Change, most: number): string {
  const folders = [...new Set(places.map(({ place }) => place))];
  const rest = folders.length - most;
  return `${folders.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** What the summary has, as name and text; rows about nothing are left out. */
export function summaryRows(review: Review): readonly (readonly [string, string])[] {
  const { changes, reachability, findings, notes } = review;
  const rows: (readonly [string, string])[] = [];
  for (const note of notes) rows.push(['note', note]);
  const restarting = objectsWith(changes, (change) => change.fields.some(({ effect }) => effect === 'restart'));
  if (restarting.length > 0) rows.push(['restarts', some(restarting)]);
  const gone = objectsWith(changes, ({ kind }) => kind === 'removed');
  if (gone.length > 0) rows.push(['removed', some(gone)]);
  for (const problem of newCapacityProblems(review)) rows.push(['no room', problem]);
  rows.push(...measureRows(review));
  const { added, removed } = reachability;
  for (const [word, edges] of [
    ['opens', added],
    ['closes', removed],
  ] as const) {
    if (edges.length === 0) continue;
    const ways = edges.map(({ from, to, port }) => `${from} → ${to}${port === null ? '' : `:${port}`}`);
    rows.push([word, some(ways)]);
  }
  if (findings.introduced.length + findings.fixed.length > 0) {
    const of = (severity: string): number => findings.introduced.filter((one) => one.severity === severity).length;
    const fresh = `${counted(of('error'), 'new error')}, ${counted(of('warning'), 'new warning')}, ${of('info')} info`;
    rows.push(['aia check', `${fresh}; ${findings.fixed.length} gone`]);
  }
  return rows;
}

function objectsWith(changes: readonly Change[], wanted: (change: Change) => boolean): readonly string[] {
  return [...new Set(changes.filter(wanted).flatMap(({ places }) => places.map(({ object }) => objectText(object))))];
}

const MOST_NAMED = 5;

function some(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Why changes without effect have none, with their numbers. */
export function harmlessText(changes: readonly Change[]): string | undefined {
  const none = changes.filter(({ risk }) => risk === 'none');
  if (none.length === 0) return undefined;
  const counts = new Map<string, number>();
  for (const { reasons } of none) for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const causes = [...counts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([reason, count]) => `${reason} ${count}`);
  return `${counted(none.length, 'change')} without effect: ${causes.join(', ')}`;
}
