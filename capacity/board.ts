import type { Arena, Group } from './arena';
import type { Spread, Term } from './topology';

/** Which pods stand on which nodes, and what is left. */
export class Board {
  readonly free: number[][];
  readonly room: number[];
  /** Pods by node and group. */
  readonly counts: number[][];

  constructor(
    readonly arena: Arena,
    from?: Board,
  ) {
    this.free = (from?.free ?? arena.free).map((amounts) => [...amounts]);
    this.room = [...(from?.room ?? arena.room)];
    this.counts = from?.counts.map((row) => [...row]) ?? arena.nodes.map(() => arena.groups.map(() => 0));
  }

  copy(): Board {
    return new Board(this.arena, this);
  }

  place(group: Group, node: number): void {
    this.move(group, node, 1);
  }

  remove(group: Group, node: number): void {
    this.move(group, node, -1);
  }

  /** The limit that keeps one more pod of the group off a node; undefined where it fits. */
  limit(group: Group, node: number): string | undefined {
    return group.refusals[node] ?? this.shortage(group, node) ?? this.conflict(group, node);
  }

  /** The first resource of which the node has too little for one more pod, or `pods`. */
  shortage(group: Group, node: number): string | undefined {
    const free = this.free[node] ?? [];
    for (const [at, need] of group.needs.entries()) {
      // A pod that asks for nothing of a resource fits even where it is overdrawn.
      if (need > 0 && need > (free[at] ?? 0)) return this.arena.resources[at];
    }
    return (this.room[node] ?? 0) > 0 ? undefined : 'pods';
  }

  /** Pods by domain of a spread, those on nodes that count. */
  domainCounts({ domains, size, considered, counted }: Spread): (number | undefined)[] {
    const sums = new Array<number | undefined>(size).fill(undefined);
    for (const [node, domain] of domains.entries()) {
      if (!considered[node]) continue;
      sums[domain] = (sums[domain] ?? 0) + this.countOn(node, counted);
    }
    return sums;
  }

  /** Pods of some groups on a node. */
  countOn(node: number, groups: readonly number[]): number {
    const counts = this.counts[node] ?? [];
    return groups.reduce((sum, group) => sum + (counts[group] ?? 0), 0);
  }

  /** Pods that a term matches in the domain of a node; none where the node has no domain. */
  matchesNear({ domains, matched }: Term, node: number): number {
    const domain = domains[node];
    if (domain === undefined || domain < 0) return 0;
    return domains.reduce((sum, other, at) => sum + (other === domain ? this.countOn(at, matched) : 0), 0);
  }

  private conflict(group: Group, node: number): string | undefined {
    for (const spread of group.topology.spreads) {
      if (spread.hard && this.wouldSkew(spread, group, node)) return `spread over ${spread.topologyKey}`;
    }
    for (const term of group.topology.avoids) {
      if (this.matchesNear(term, node) > 0) return `anti-affinity over ${term.topologyKey}`;
    }
    // Those that are there already keep others away just the same.
    for (const other of this.arena.keepAway) {
      for (const term of other.topology.avoids) {
        if (term.matched.includes(group.index) && this.near(term, other.index, node))
          return `anti-affinity of ${other.owner}`;
      }
    }
    return this.joinConflict(group, node);
  }

  private wouldSkew(spread: Spread, group: Group, node: number): boolean {
    const domain = spread.domains[node];
    if (domain === undefined || domain < 0) return true;
    const sums = this.domainCounts(spread);
    const known = sums.filter((sum) => sum !== undefined);
    const least = known.length < spread.minDomains ? 0 : Math.min(...known);
    return (sums[domain] ?? 0) + (spread.counted.includes(group.index) ? 1 : 0) - least > spread.maxSkew;
  }

  private near({ domains }: Term, group: number, node: number): boolean {
    const domain = domains[node];
    if (domain === undefined || domain < 0) return false;
    return domains.some((other, at) => other === domain && (this.counts[at]?.[group] ?? 0) > 0);
  }

  private joinConflict(group: Group, node: number): string | undefined {
    const { joins } = group.topology;
    if (joins.length === 0) return undefined;
    const missing = joins.find((term) => this.matchesNear(term, node) === 0);
    if (missing === undefined) return undefined;
    // The first of a group that wants to be with its own kind may begin anywhere.
    const isFirst = joins.every(
      (term) =>
        term.matched.includes(group.index) &&
        (term.domains[node] ?? -1) >= 0 &&
        !this.counts.some((_, at) => this.countOn(at, term.matched) > 0),
    );
    return isFirst ? undefined : `affinity over ${missing.topologyKey}`;
  }

  private move(group: Group, node: number, pods: 1 | -1): void {
    const free = this.free[node];
    const row = this.counts[node];
    if (free === undefined || row === undefined) throw new Error(`no node ${node}`);
    for (const [at, need] of group.needs.entries()) free[at] = (free[at] ?? 0) - pods * need;
    row[group.index] = (row[group.index] ?? 0) + pods;
    this.room[node] = (this.room[node] ?? 0) - pods;
  }
}
