import type { Arena, Group, Wanted } from './arena';
import { Board } from './board';
import { describeStuck } from './describe';
import { impossibility } from './impossible';

/**
 * Whether all pods can stand on the nodes at once.
 *
 * - `exists`: the board shows how.
 * - `impossible`: proven; `because` says by what.
 * - `not found`: every simple way failed and the search ended before it had tried all.
 */
export type Placement =
  | { readonly answer: 'exists'; readonly board: Board }
  | { readonly answer: 'impossible' | 'not found'; readonly because: string; readonly board: Board };

/** Places tried before the search gives up: a fraction of a second. */
const BUDGET = 30_000;

/**
 * Looks for a placement: simple orders first (largest pods, or those with the fewest nodes, on the fullest or the
 * emptiest node), then a search through all of them until the budget is used up.
 */
export function findPlacement(arena: Arena, wanted: Wanted, budget = BUDGET): Placement {
  const groups = arena.groups.filter(({ index }) => (wanted[index] ?? 0) > 0);
  let best: Attempt | undefined;
  for (const order of ORDERS) {
    for (const choice of CHOICES) {
      const attempt = inOrder(arena, order(arena, groups), wanted, choice);
      if (attempt.left.length === 0) return { answer: 'exists', board: attempt.board };
      if (best === undefined || attempt.left.length < best.left.length) best = attempt;
    }
  }
  const board = best?.board ?? new Board(arena);
  const proof = impossibility(arena, groups, wanted);
  if (proof !== undefined) return { answer: 'impossible', because: proof, board };
  const search = new Search(arena, groups, wanted, budget);
  const found = search.run();
  if (found !== undefined) return { answer: 'exists', board: found };
  const stuck = describeStuck(board, best?.left[0]);
  return search.isComplete
    ? { answer: 'impossible', because: `every way to place them was tried: ${stuck}`, board }
    : { answer: 'not found', because: `${stuck} (tried ${budget} places, not all)`, board };
}

/** Places what fits, the highest priority first; says how many pods of each group are left over. */
export function placeByPriority(arena: Arena, wanted: Wanted): { board: Board; left: readonly Group[] } {
  const groups = arena.groups.filter(({ index }) => (wanted[index] ?? 0) > 0);
  const attempts = ORDERS.flatMap((order) =>
    CHOICES.map((choice) => {
      const sorted = [...order(arena, groups)].sort((a, b) => rank(b) - rank(a));
      return inOrder(arena, sorted, wanted, choice);
    }),
  );
  return attempts.reduce((best, next) => (isBetter(next, best) ? next : best));
}

interface Attempt {
  readonly board: Board;
  /** One entry for each pod without a place. */
  readonly left: readonly Group[];
}

type Choice = (board: Board, group: Group, nodes: readonly number[]) => number;

const CHOICES: readonly Choice[] = [
  // The fullest node keeps large gaps for large pods.
  (board, group, nodes) => extreme(nodes, (node) => slack(board, group, node)),
  // The node that fewest others may use.
  (board, group, nodes) => extreme(nodes, (node) => users(board.arena, node) + slack(board, group, node)),
  // The emptiest node, as the real scheduler would.
  (board, group, nodes) => extreme(nodes, (node) => -slack(board, group, node)),
];

type Order = (arena: Arena, groups: readonly Group[]) => readonly Group[];

const ORDERS: readonly Order[] = [
  (arena, groups) => sorted(groups, (group) => -size(arena, group)),
  (arena, groups) => sorted(groups, (group) => places(group) - size(arena, group)),
  (arena, groups) => sorted(groups, (group) => Number(group.topology.joins.length > 0) * 100 - size(arena, group)),
];

function inOrder(arena: Arena, groups: readonly Group[], wanted: Wanted, choose: Choice): Attempt {
  const board = new Board(arena);
  const left: Group[] = [];
  for (const group of groups) {
    for (let pod = 0; pod < (wanted[group.index] ?? 0); pod++) {
      const nodes = fitting(board, group);
      if (nodes.length === 0) left.push(group);
      else board.place(group, choose(board, group, nodes));
    }
  }
  return { board, left };
}

function fitting(board: Board, group: Group): number[] {
  return board.arena.nodes.flatMap((_, node) => (board.limit(group, node) === undefined ? [node] : []));
}

/** The part of its largest resource that a pod takes of the largest node: 0.28 for 1.1 of 3.92 cores. */
function size({ free }: Arena, { needs }: Group): number {
  return Math.max(...needs.map((need, at) => need / Math.max(1, ...free.map((amounts) => amounts[at] ?? 0))));
}

function places({ refusals }: Group): number {
  return refusals.filter((refusal) => refusal === undefined).length;
}

function users({ groups }: Arena, node: number): number {
  return groups.filter(({ refusals }) => refusals[node] === undefined).length;
}

/** What would be left of the scarcest of the resources that count, as a part of the node. */
function slack({ arena, free }: Board, { needs }: Group, node: number): number {
  return Math.min(
    ...needs.slice(0, 2).map((need, at) => ((free[node]?.[at] ?? 0) - need) / Math.max(1, arena.free[node]?.[at] ?? 0)),
  );
}

function extreme(nodes: readonly number[], value: (node: number) => number): number {
  return nodes.reduce((best, node) => (value(node) < value(best) ? node : best));
}

function sorted(groups: readonly Group[], value: (group: Group) => number): readonly Group[] {
  return [...groups].sort((a, b) => value(a) - value(b) || a.index - b.index);
}

/** Whatever may wait comes last, add-ons without a class too: they are part of the platform. */
function rank({ mayWait, priority }: Group): number {
  return mayWait ? Number.NEGATIVE_INFINITY : priority;
}

/** Fewer pods above the lowest class are left, then fewer in all. */
function isBetter(next: Attempt, best: Attempt): boolean {
  const must = ({ left }: Attempt): number => left.filter(({ mayWait }) => !mayWait).length;
  return must(next) < must(best) || (must(next) === must(best) && next.left.length < best.left.length);
}

/** Depth first through all placements of the groups, one after the other. */
class Search {
  /** True where every placement was tried, and none of them depends on the order in which pods come. */
  isComplete = true;
  private left: number;
  private readonly groups: readonly Group[];
  private readonly board: Board;
  private readonly kinds: readonly string[];

  constructor(
    arena: Arena,
    groups: readonly Group[],
    private readonly wanted: Wanted,
    budget: number,
  ) {
    this.left = budget;
    this.board = new Board(arena);
    this.kinds = arena.nodes.map((_, node) => kindOf(arena, node));
    this.groups = sorted(groups, (group) => places(group) - size(arena, group));
    if (groups.some((group) => dependsOnOthers(group))) this.isComplete = false;
  }

  run(): Board | undefined {
    return this.from(0, this.wanted[this.groups[0]?.index ?? 0] ?? 0, 0) ? this.board : undefined;
  }

  /** Places the rest of the group at a position, then the groups behind it. */
  private from(position: number, pods: number, first: number): boolean {
    const group = this.groups[position];
    if (group === undefined) return true;
    if (pods === 0) {
      const next = this.groups[position + 1];
      if (next !== undefined && !this.hasRoom(position + 1)) return false;
      return this.from(position + 1, next === undefined ? 0 : (this.wanted[next.index] ?? 0), 0);
    }
    // Equal pods need no second order, but for a spread, whose every step counts.
    const ordered = group.topology.spreads.some(({ hard }) => hard) || group.topology.joins.length > 0;
    const nodes = fitting(this.board, group).filter((node) => ordered || node >= first);
    const seen = new Set<string>();
    for (const node of nodes.sort((a, b) => slack(this.board, group, a) - slack(this.board, group, b))) {
      const twin = this.signature(node);
      if (seen.has(twin)) continue;
      seen.add(twin);
      if (this.left-- <= 0) {
        this.isComplete = false;
        return false;
      }
      this.board.place(group, node);
      if (this.from(position, pods - 1, node)) return true;
      this.board.remove(group, node);
    }
    return false;
  }

  /** Whether each group from a position on would still fit if it were alone. */
  private hasRoom(position: number): boolean {
    return this.groups.slice(position).every((group) => {
      const { arena, free, room } = this.board;
      let places = 0;
      for (let node = 0; node < arena.nodes.length; node++) {
        if (group.refusals[node] !== undefined) continue;
        const fits = group.needs.map((need, at) =>
          need === 0 ? Infinity : Math.floor((free[node]?.[at] ?? 0) / need),
        );
        places += Math.max(0, Math.min(room[node] ?? 0, ...fits));
      }
      return places >= (this.wanted[group.index] ?? 0);
    });
  }

  /** Nodes with the same signature are the same to everything that is still to be placed. */
  private signature(node: number): string {
    const { free, room, counts } = this.board;
    return JSON.stringify([this.kinds[node], free[node], room[node], counts[node]]);
  }
}

/** What distinguishes a node for any group: who may run there, and its domains but for the node itself. */
function kindOf({ groups }: Arena, node: number): string {
  const refusals = groups.map(({ refusals }) => refusals[node] === undefined);
  const spreads = groups.flatMap(({ topology }) => [
    ...topology.spreads
      .filter(({ hard }) => hard)
      .map(({ domains, considered }) => [domains, considered[node]] as const),
    ...[...topology.avoids, ...topology.joins].map(({ domains }) => [domains, true] as const),
  ]);
  const domains = spreads.map(([of, considered]) => {
    const domain = of[node];
    const alone = of.filter((other) => other === domain).length === 1;
    return [alone ? 'own' : domain, considered];
  });
  return JSON.stringify([refusals, domains]);
}

/** Spread over, or affinity to, pods of other groups: the answer may depend on who comes first. */
function dependsOnOthers({ index, topology }: Group): boolean {
  const others = (groups: readonly number[]): boolean => groups.some((other) => other !== index);
  return topology.joins.length > 0 || topology.spreads.some(({ hard, counted }) => hard && others(counted));
}
