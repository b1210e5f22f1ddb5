import type { KubeObject } from '../model/kube-object';
import { portText } from '../review/reachability/edge-text';
import { edgeOf, Reachability, type Way } from '../review/reachability/reachability';
import { nameOf, type Entry } from '../review/source/objects';
import type { Call } from './report-model';
import { settingsCalls } from './settings-calls';

/** Who calls whom in one set of objects. */
export interface Calls {
  readonly calls: readonly Call[];
  readonly everyoneCalls: readonly string[];
  readonly isRestricted: boolean;
}

/** From how many services on the same way out is one of all, and not a call worth a line of its own. */
const EVERYONE = 3;

/**
 * Where policies restrict, what they permit; where nothing does, what the services' own settings name, since then
 * everything may call everything.
 */
export function callsOf(objects: readonly KubeObject[]): Calls {
  const reachability = new Reachability(objects.map(entryOf));
  if (!reachability.isRestricted) return { calls: settingsCalls(objects), everyoneCalls: [], isRestricted: false };
  const ways = reachability.ways();
  const sources = new Set(ways.flatMap(({ from }) => (from.kind === 'workload' ? [from.id] : [])));
  const out = new Map<string, number>();
  for (const way of ways) if (isOut(way)) out.set(targetOf(way), (out.get(targetOf(way)) ?? 0) + 1);
  const isOfAll = (way: Way): boolean =>
    isOut(way) && sources.size >= EVERYONE && out.get(targetOf(way)) === sources.size;
  return {
    calls: merged(ways.filter((way) => !isOfAll(way) && !isSameStranger(way, ways))),
    everyoneCalls: [...new Set(ways.filter(isOfAll).map(targetOf))].sort(),
    isRestricted: true,
  };
}

function entryOf(object: KubeObject): Entry {
  return { object, name: nameOf(object), place: '.', file: '', line: 1 };
}

function isOut({ from, to }: Way): boolean {
  return from.kind === 'workload' && to.kind !== 'workload';
}

function targetOf(way: Way): string {
  const edge = edgeOf(way);
  return `${shortPeer(edge.to)} ${portText(edge)}`;
}

/**
 * A caller from elsewhere stands in a network policy by its labels and in the mesh's by its account: the labels are
 * enough.
 */
function isSameStranger({ from, to, port }: Way, ways: readonly Way[]): boolean {
  if (from.kind !== 'strangers' || from.principal === undefined || to.kind !== 'workload') return false;
  return ways.some(
    (other) =>
      other.from.kind === 'strangers' &&
      other.from.principal === undefined &&
      other.to.kind === 'workload' &&
      other.to.id === to.id &&
      other.port === port,
  );
}

function merged(ways: readonly Way[]): readonly Call[] {
  const calls = new Map<string, { from: string; to: string; ports: string[] }>();
  for (const way of ways) {
    const edge = edgeOf(way);
    const [from, to] = [shortPeer(edge.from), shortPeer(edge.to)];
    const key = JSON.stringify([from, to]);
    const call = calls.get(key) ?? { from, to, ports: [] };
    if (!call.ports.includes(portText(edge))) call.ports.push(portText(edge));
    calls.set(key, call);
  }
  return [...calls]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, call]) => ({ ...call, ports: call.ports.sort(), known: 'policy' }));
}

/** `istio=ingress in istio-ingress`: what every namespace's own label says twice is said once. */
function shortPeer(text: string): string {
  return text
    .replace(/^pods /, '')
    .replace(/ in namespaces kubernetes\.io\/metadata\.name=/, ' in ')
    .replace(/^169\.254\.169\.254\/32$/, 'metadata server of the cloud')
    .replace(/^0\.0\.0\.0\/0( except .*)?$/, 'the internet');
}
