import { podOf } from '../../checks/pods';
import { patternOf } from '../diff/difference';
import { subjectOf, type ObjectChange } from '../diff/object-change';
import { inTemplate } from '../diff/template';
import type { ObjectReader } from '../source/objects';
import type { Edge } from './edge';
import { edgeOf, Reachability, type Way } from './reachability';
import { scopeOf, scopesOf, type Scope } from './scopes';

export interface ReachabilityChange {
  readonly added: readonly Edge[];
  readonly removed: readonly Edge[];
  /** What edges can't say, such as "everything may call everything". */
  readonly notes: readonly string[];
}

const UNRESTRICTED = ': everything may call everything';
const POLICIES = new Set(['NetworkPolicy', 'AuthorizationPolicy', 'Namespace']);
/** Files that the picture is made of. */
const PARTS =
  /"?kind"?: *"?(NetworkPolicy|AuthorizationPolicy|Namespace|Deployment|StatefulSet|DaemonSet|ReplicaSet|Rollout|CronJob|Job|Pod)\b/;
/** Fields of a pod template that policies ask for. */
const ASKED_FOR =
  /template\/(metadata\/labels(\/|$)|spec\/serviceAccountName$|spec\/(containers|initContainers)\/\*(\/ports(\/|$)|$))/;

/** Who can now call whom and who no longer can, in the sets that the changes are about. */
export function compareReachability(
  changes: readonly ObjectChange[],
  base: ObjectReader,
  head: ObjectReader,
): ReachabilityChange {
  const relevant = changes.filter(isRelevant);
  if (relevant.length === 0) return { added: [], removed: [], notes: [] };
  const before = scopesOf(base.matching(PARTS));
  const after = scopesOf(head.matching(PARTS));
  const pairs = new Map<string, readonly [Scope | undefined, Scope | undefined]>();
  for (const change of relevant) {
    const { place } = subjectOf(change);
    const left = scopeOf(change.promotion?.from ?? change.base?.place ?? place, before);
    const right = scopeOf(change.promotion?.to ?? change.head?.place ?? place, after);
    pairs.set(`${left?.folder ?? ''}\n${right?.folder ?? ''}`, [left, right]);
  }
  const added = new Map<string, Edge>();
  const removed = new Map<string, Edge>();
  const notes: string[] = [];
  for (const [left, right] of pairs.values()) {
    if (!left && right) {
      const { isRestricted } = new Reachability(right.entries);
      notes.push(`${right.folder} is new${isRestricted ? ', with policies of its own' : UNRESTRICTED}`);
    }
    if (!left || !right) continue;
    const [old, now] = [new Reachability(left.entries), new Reachability(right.entries)];
    const come = now.ways().filter((way) => !old.permits(way) && (old.isRestricted || now.isRestricted));
    const go = old.ways().filter((way) => !now.permits(way) && isStillThere(way, now));
    if (now.isRestricted || old.isRestricted) {
      for (const way of come) put(added, way);
      for (const way of go) put(removed, way);
    }
    if (!now.isRestricted && (old.isRestricted || isTold(relevant, right))) {
      const more = old.isRestricted ? ' any more' : '';
      notes.push(`${right.folder} has no NetworkPolicy and no AuthorizationPolicy${more}${UNRESTRICTED}`);
    }
    if (now.isRestricted && !old.isRestricted) {
      notes.push(
        `${left.folder} let everything call everything; from now on only what is listed is open in ${right.folder}`,
      );
    }
  }
  return { added: sorted(added), removed: sorted(removed), notes: [...new Set(notes)].sort() };
}

/** That nothing is restricted is told where somebody may have thought otherwise: of new pods and of promotions. */
function isTold(changes: readonly ObjectChange[], { entries }: Scope): boolean {
  const places = new Set(entries.map(({ place }) => place));
  return changes.some(
    (change) =>
      places.has(subjectOf(change).place) &&
      (change.promotion !== undefined || change.kind === 'added') &&
      podOf(subjectOf(change).object) !== undefined,
  );
}

/** A way whose end is gone is no loss of reach: the object's removal says it. */
function isStillThere({ from, to }: Way, now: Reachability): boolean {
  return [from, to].every((peer) => peer.kind !== 'workload' || now.has(peer.id));
}

function isRelevant(change: ObjectChange): boolean {
  const { object } = subjectOf(change);
  if (POLICIES.has(object.kind)) return true;
  if (!podOf(object)) return false;
  if (change.kind !== 'changed') return true;
  return inTemplate(change.differences).some(({ steps }) => ASKED_FOR.test(patternOf(steps)));
}

function put(edges: Map<string, Edge>, way: Way): void {
  const edge = edgeOf(way);
  edges.set(JSON.stringify(edge), edge);
}

function sorted(edges: ReadonlyMap<string, Edge>): readonly Edge[] {
  return [...edges].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, edge]) => edge);
}
