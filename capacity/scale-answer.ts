import type { ScaleName } from '../model/scales';
import type { Amounts } from './amounts';
import type { Arena, Group, Wanted } from './arena';
import { Board } from './board';
import { seeded, shuffled } from './random';
import { schedule } from './scheduler';
import { findPlacement, placeByPriority } from './search';

/** Pods of one owner. */
export interface OwnerPods {
  readonly owner: string;
  readonly pods: number;
}

/** Whether a placement exists for all pods that must run. */
export interface PlacementAnswer {
  readonly answer: 'exists' | 'impossible' | 'not found';
  /** Why not, as a sentence. */
  readonly because?: string;
  /** Pods of the lowest priority class without a place; they may wait. Then `because` says why they must. */
  readonly waiting: readonly OwnerPods[];
  /** Pods that would stay Pending, placing the highest priority first; empty where a placement exists. */
  readonly pending: readonly OwnerPods[];
  /** Owners of which that many fewer pods would make the rest fit. */
  readonly fitsWithout: readonly OwnerPods[];
}

/** What came of the seeded orders. */
export interface OrdersAnswer {
  readonly orders: number;
  /** Orders at whose end a pod that must run was Pending. */
  readonly stranding: number;
  /** The pods that were stranded most often, with the number of orders. */
  readonly stranded: readonly { readonly owner: string; readonly orders: number }[];
  /** Orders in which a pod of the lowest class waits. */
  readonly waiting: number;
}

/** One node in the placement: what stands there. */
export interface NodeUse {
  readonly name: string;
  readonly pool: string;
  readonly zone: string;
  /** With its DaemonSets. */
  readonly requested: Amounts;
  readonly pods: readonly OwnerPods[];
}

/** One scale held against the nodes. */
export interface ScaleAnswer {
  readonly scale: ScaleName;
  readonly placement: PlacementAnswer;
  readonly orders: OrdersAnswer;
  /** The resource of which most is taken, over all nodes. */
  readonly scarcest: { readonly resource: string; readonly percent: number };
  /** The placement found, or the best that was tried. */
  readonly nodes: readonly NodeUse[];
}

/** Answers both questions for one scale. */
export function answerAt(arena: Arena, scale: ScaleName, orders: number): ScaleAnswer {
  const wanted = wantedAt(arena, scale);
  const { placement, board } = placementOf(arena, wanted);
  return {
    scale,
    placement,
    orders: ordersOf(arena, wanted, orders),
    scarcest: scarcestOf(arena, wanted),
    nodes: nodesOf(board),
  };
}

/** Pods by group at a scale. */
export function wantedAt(arena: Arena, scale: ScaleName): Wanted {
  return arena.groups.map(({ pods }) => pods[scale]);
}

/** Whether a placement exists, first for all pods, then without those that may wait. */
export function placementOf(arena: Arena, wanted: Wanted): { placement: PlacementAnswer; board: Board } {
  const all = findPlacement(arena, wanted);
  const none = { waiting: [], pending: [], fitsWithout: [] };
  if (all.answer === 'exists') return { placement: { answer: 'exists', ...none }, board: all.board };
  const must = arena.groups.map(({ mayWait, index }) => (mayWait ? 0 : (wanted[index] ?? 0)));
  const required = must.every((pods, index) => pods === wanted[index]) ? all : findPlacement(arena, must);
  if (required.answer === 'exists') {
    const board = required.board;
    const waiting = fillUp(board, wanted);
    return { placement: { answer: 'exists', ...none, because: all.because, waiting: ownerPods(waiting) }, board };
  }
  const { board, left } = placeByPriority(arena, wanted);
  const pending = left.filter(({ mayWait }) => !mayWait);
  return {
    board,
    placement: {
      answer: required.answer,
      because: required.because,
      waiting: ownerPods(left.filter(({ mayWait }) => mayWait)),
      pending: ownerPods(pending),
      fitsWithout: fitsWithout(arena, must),
    },
  };
}

/** Counts equal owners. */
export function ownerPods(groups: readonly Group[]): OwnerPods[] {
  const counts = new Map<string, number>();
  for (const { owner } of groups) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  return [...counts].map(([owner, pods]) => ({ owner, pods })).sort((a, b) => (a.owner < b.owner ? -1 : 1));
}

/** One entry for each pod, in the order of the groups. */
export function podsOf(arena: Arena, wanted: Wanted): Group[] {
  return arena.groups.flatMap((group) => Array.from({ length: wanted[group.index] ?? 0 }, () => group));
}

function fillUp(board: Board, wanted: Wanted): Group[] {
  return podsOf(board.arena, wanted).filter((group) => {
    if (!group.mayWait) return false;
    const node = board.arena.nodes.findIndex((_, at) => board.limit(group, at) === undefined);
    if (node < 0) return true;
    board.place(group, node);
    return false;
  });
}

/** The owners that could give way alone, the fewest pods first. */
function fitsWithout(arena: Arena, must: Wanted): OwnerPods[] {
  const found = arena.groups.flatMap((group) => {
    const pods = must[group.index] ?? 0;
    if (group.source === undefined || !isAnswered(arena, must, group, pods)) return [];
    let low = 1;
    let high = pods;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (isAnswered(arena, must, group, middle)) high = middle;
      else low = middle + 1;
    }
    return [{ owner: group.owner, pods: low }];
  });
  return found.sort((a, b) => a.pods - b.pods || (a.owner < b.owner ? -1 : 1));
}

function isAnswered(arena: Arena, must: Wanted, { index }: Group, fewer: number): boolean {
  const less = must.map((pods, at) => (at === index ? pods - fewer : pods));
  return fewer > 0 && findPlacement(arena, less, 2000).answer === 'exists';
}

function ordersOf(arena: Arena, wanted: Wanted, orders: number): OrdersAnswer {
  const pods = podsOf(arena, wanted);
  const stranded = new Map<string, number>();
  let stranding = 0;
  let waiting = 0;
  for (let order = 0; order < orders; order++) {
    const { pending } = runOrder(arena, pods, order);
    const owners = new Set(pending.filter(({ mayWait }) => !mayWait).map(({ owner }) => owner));
    for (const owner of owners) stranded.set(owner, (stranded.get(owner) ?? 0) + 1);
    if (owners.size > 0) stranding += 1;
    if (pending.some(({ mayWait }) => mayWait)) waiting += 1;
  }
  const worst = [...stranded].map(([owner, times]) => ({ owner, orders: times }));
  return {
    orders,
    stranding,
    stranded: worst.sort((a, b) => b.orders - a.orders || (a.owner < b.owner ? -1 : 1)),
    waiting,
  };
}

/** One order: the pods come shuffled by the seed to the model of the scheduler. */
export function runOrder(arena: Arena, pods: readonly Group[], seed: number): ReturnType<typeof schedule> {
  const random = seeded(seed + 1);
  return schedule(new Board(arena), shuffled(pods, random), random);
}

function scarcestOf(arena: Arena, wanted: Wanted): ScaleAnswer['scarcest'] {
  const shares = arena.resources.map((resource, at) => {
    const there = arena.nodes.reduce((sum, _, node) => sum + allocatableAt(arena, node, at), 0);
    const free = arena.free.reduce((sum, amounts) => sum + (amounts[at] ?? 0), 0);
    const asked = arena.groups.reduce((sum, { needs, index }) => sum + (needs[at] ?? 0) * (wanted[index] ?? 0), 0);
    return { resource, percent: there === 0 ? (asked > 0 ? 100 : 0) : ((there - free + asked) * 100) / there };
  });
  const most = shares.reduce((best, next) => (next.percent > best.percent ? next : best));
  return { resource: most.resource, percent: Math.round(most.percent) };
}

function allocatableAt({ nodes, resources }: Arena, node: number, at: number): number {
  const { allocatable } = nodes[node] ?? {};
  if (at < 2) return Number((at === 0 ? allocatable?.cpuMillicores : allocatable?.memoryBytes) ?? 0n);
  return Number(allocatable?.extended[resources[at] ?? ''] ?? 0n);
}

function nodesOf(board: Board): NodeUse[] {
  const { arena } = board;
  return arena.nodes.map(({ name, pool, zone, pods: limit }, node) => {
    const used = arena.resources.map((_, at) => allocatableAt(arena, node, at) - (board.free[node]?.[at] ?? 0));
    const [cpu = 0, memory = 0, ...rest] = used;
    const extended = rest.map((amount, at) => [arena.resources[at + 2] ?? '', BigInt(amount)] as const);
    return {
      name,
      pool,
      zone,
      requested: {
        pods: limit - (board.room[node] ?? 0),
        cpuMillicores: BigInt(cpu),
        memoryBytes: BigInt(memory),
        extended: Object.fromEntries(extended.filter(([, amount]) => amount > 0n)),
      },
      pods: arena.groups.flatMap(({ owner, index }) => {
        const pods = board.counts[node]?.[index] ?? 0;
        return pods > 0 ? [{ owner, pods }] : [];
      }),
    };
  });
}
