import { amountText } from './amount-text';
import type { Arena, Group, Wanted } from './arena';
import type { Spread } from './topology';

/**
 * A proof, in a sentence, that not all pods can be placed; undefined where these simple reasons do not show it. Each
 * is a condition that no placement can get around: a pod larger than any node it may use, or pods that together ask
 * for more than all the nodes they may use.
 */
export function impossibility(arena: Arena, groups: readonly Group[], wanted: Wanted): string | undefined {
  return tooLarge(arena, groups) ?? tooMuch(arena, groups, wanted) ?? tooMany(arena, groups, wanted);
}

function tooLarge(arena: Arena, groups: readonly Group[]): string | undefined {
  for (const group of groups) {
    const allowed = allowedOf(group);
    if (allowed.length === 0) {
      const why = group.refusals[0] ?? 'there are no nodes';
      return `${group.owner} may run on no node (${why})`;
    }
    if (allowed.some((node) => fits(arena, group, node))) continue;
    for (const [at, resource] of arena.resources.entries()) {
      const most = Math.max(...allowed.map((node) => arena.free[node]?.[at] ?? 0));
      const need = group.needs[at] ?? 0;
      if (need > most)
        return `one pod of ${group.owner} asks for ${amountText(resource, need)}, and the largest node it may use has ${amountText(resource, Math.max(most, 0))} for it`;
    }
    return `one pod of ${group.owner} fits no node it may use`;
  }
  return undefined;
}

/**
 * Pods that must stand within a set of nodes may not ask for more than that set has: for each set that groups name.
 * Those that may stand elsewhere too count as far as elsewhere can't take them.
 */
function tooMuch(arena: Arena, groups: readonly Group[], wanted: Wanted): string | undefined {
  const sets = new Map(groups.map((group) => [allowedOf(group).join(), allowedOf(group)]));
  const unions = [...sets.values()].flatMap((one) =>
    [...sets.values()].map((two) => [...new Set([...one, ...two])].sort((a, b) => a - b)),
  );
  for (const union of unions) sets.set(union.join(), union);
  for (const nodes of [...sets.values()].sort((a, b) => a.length - b.length)) {
    const inside = groups
      .map((group) => ({ group, pods: forcedInto(arena, group, wanted[group.index] ?? 0, nodes) }))
      .filter(({ pods }) => pods > 0);
    for (const [at, resource] of arena.resources.entries()) {
      const asked = inside.reduce((sum, { group, pods }) => sum + (group.needs[at] ?? 0) * pods, 0);
      const there = nodes.reduce((sum, node) => sum + Math.max(0, arena.free[node]?.[at] ?? 0), 0);
      if (asked > there)
        return `${podsText(inside)} must stand on ${nodesText(arena, nodes)} and ask for ${amountText(resource, asked)}; there are ${amountText(resource, there)} beside the DaemonSets`;
    }
    const pods = inside.reduce((sum, one) => sum + one.pods, 0);
    const room = nodes.reduce((sum, node) => sum + Math.max(0, arena.room[node] ?? 0), 0);
    if (pods > room) return `${pods} pods must stand on ${nodesText(arena, nodes)}, whose limit is ${room} pods`;
  }
  return undefined;
}

/** Pods of a group that find no place outside a set of nodes, whatever else runs there. */
function forcedInto(arena: Arena, group: Group, pods: number, nodes: readonly number[]): number {
  const outside = allowedOf(group).filter((node) => !nodes.includes(node));
  const room = outside.reduce((sum, node) => sum + timesOn(arena, group, node), 0);
  const spreads = group.topology.spreads
    .filter(({ hard, counted }) => hard && counted.length === 1 && counted[0] === group.index)
    .map((spread) => mostOutside(spread, pods, outside));
  return pods - Math.min(pods, room, ...spreads);
}

/** The most pods that a spread lets stand outside: no domain may have more than `maxSkew` above the emptiest one. */
function mostOutside({ domains, considered, maxSkew }: Spread, pods: number, outside: readonly number[]): number {
  const all = new Set(domains.filter((_, node) => considered[node]));
  const open = new Set(outside.map((node) => domains[node])).size;
  if (open === 0) return 0;
  const closed = all.size - open;
  let most = 0;
  // Each domain inside the set must have `least` pods before one outside may have more than `least + maxSkew`.
  for (let least = 0; least * closed <= pods; least++) {
    most = Math.max(most, Math.min(pods - least * closed, open * (least + maxSkew)));
    if (closed === 0 && open * (least + maxSkew) >= pods) break;
  }
  return most;
}

/** Pods of one group that must keep apart, or that fit a node only so often. */
function tooMany(arena: Arena, groups: readonly Group[], wanted: Wanted): string | undefined {
  for (const group of groups) {
    const pods = wanted[group.index] ?? 0;
    const usable = allowedOf(group).filter((node) => fits(arena, group, node));
    for (const term of group.topology.avoids) {
      const domains = new Set(usable.map((node) => term.domains[node]));
      if (term.matched.includes(group.index) && pods > domains.size)
        return `${pods} pods of ${group.owner} must stand apart (anti-affinity over ${term.topologyKey}), and there are ${domains.size} places for them`;
    }
    const often = usable.reduce((sum, node) => sum + timesOn(arena, group, node), 0);
    if (pods > often)
      return `${pods} pods of ${group.owner} are wanted, and its nodes take ${often} even if nothing else runs there`;
  }
  return undefined;
}

function allowedOf({ refusals }: Group): number[] {
  return refusals.flatMap((refusal, node) => (refusal === undefined ? [node] : []));
}

function fits(arena: Arena, group: Group, node: number): boolean {
  return timesOn(arena, group, node) > 0;
}

function timesOn(arena: Arena, { needs }: Group, node: number): number {
  const times = needs.map((need, at) => (need === 0 ? Infinity : Math.floor((arena.free[node]?.[at] ?? 0) / need)));
  return Math.max(0, Math.min(arena.room[node] ?? 0, ...times));
}

function podsText(inside: readonly { readonly group: Group; readonly pods: number }[]): string {
  const largest = [...inside].sort((a, b) => (b.group.needs[0] ?? 0) * b.pods - (a.group.needs[0] ?? 0) * a.pods);
  const parts = largest.map(({ group, pods }) => `${pods} of ${group.owner}`);
  return parts.length > 5 ? `${parts.slice(0, 4).join(', ')} and ${parts.length - 4} more` : parts.join(', ');
}

function nodesText({ nodes }: Arena, set: readonly number[]): string {
  if (set.length === nodes.length) return `all ${nodes.length} nodes`;
  const pools = [...new Set(set.map((node) => nodes[node]?.pool ?? ''))];
  return `the ${set.length} nodes of ${pools.join(', ')}`;
}
