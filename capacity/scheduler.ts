import type { Arena, Group } from './arena';
import type { Board } from './board';
import type { Random } from './random';
import type { Spread } from './topology';

/** Weights of the default profile. */
const WEIGHT = { nodeAffinity: 2, topologySpread: 2, podAffinity: 2, taints: 3, fit: 1, balance: 1 } as const;

/** What the scheduler assumes for a pod that requests nothing, so that such pods spread too. */
const ASSUMED = [100, 200 * 1024 ** 2];

/** What became of pods that came one after the other. */
export interface Outcome {
  readonly board: Board;
  /** One entry for each pod that is Pending at the end. */
  readonly pending: readonly Group[];
}

/**
 * A model of kube-scheduler's default profile: filters, then scores (LeastAllocated, BalancedAllocation, preferred
 * node and pod affinity, soft spread), a random choice among the best, and preemption. It never moves a pod for room.
 *
 * @param arrivals one entry for each pod, in the order in which they come.
 * @see https://kubernetes.io/docs/reference/scheduling/config/#scheduling-plugins and the plugins' sources in
 *   kubernetes/kubernetes, pkg/scheduler/framework/plugins (release 1.28)
 */
export function schedule(board: Board, arrivals: readonly Group[], random: Random): Outcome {
  const queue = [...arrivals];
  const pending: Group[] = [];
  for (let group = queue.shift(); group !== undefined; group = queue.shift()) {
    const node = choose(board, group, random);
    if (node !== undefined) board.place(group, node);
    else if (!preempt(board, group, queue)) pending.push(group);
  }
  // A pod that was pushed off may have left room elsewhere for one that waits.
  const waiting = pending.sort((a, b) => b.priority - a.priority);
  const left: Group[] = [];
  for (const group of waiting) {
    const node = choose(board, group, random);
    if (node === undefined) left.push(group);
    else board.place(group, node);
  }
  return { board, pending: left };
}

function choose(board: Board, group: Group, random: Random): number | undefined {
  const nodes = board.arena.nodes.flatMap((_, node) => (board.limit(group, node) === undefined ? [node] : []));
  if (nodes.length <= 1) return nodes[0];
  const scores = scoresOf(board, group, nodes);
  const best = Math.max(...scores);
  const ties = nodes.filter((_, index) => scores[index] === best);
  return ties[Math.floor(random() * ties.length)];
}

function scoresOf(board: Board, group: Group, nodes: readonly number[]): number[] {
  const { topology, preference, unwelcome } = group;
  const parts: [weight: number, scores: readonly number[]][] = [
    [WEIGHT.fit, nodes.map((node) => leastAllocated(board, group, node))],
    [WEIGHT.balance, nodes.map((node) => balanced(board, group, node))],
    [WEIGHT.nodeAffinity, normalized(nodes.map((node) => preference[node] ?? 0))],
    [WEIGHT.taints, normalized(nodes.map((node) => unwelcome[node] ?? 0)).map((score) => 100 - score)],
    [
      WEIGHT.topologySpread,
      spreadScores(
        board,
        topology.spreads.filter(({ hard }) => !hard),
        nodes,
      ),
    ],
    [WEIGHT.podAffinity, podAffinity(board, group, nodes)],
  ];
  return nodes.map((_, index) => parts.reduce((sum, [weight, scores]) => sum + weight * (scores[index] ?? 0), 0));
}

/** Free part of CPU and memory after the pod, 0 to 100. */
function leastAllocated(board: Board, group: Group, node: number): number {
  const scores = [0, 1].map((at) => {
    const capacity = allocatable(board.arena, node, at);
    const assumed = Math.max(group.needs[at] ?? 0, group.needs[at] === 0 ? (ASSUMED[at] ?? 0) : 0);
    const left = (board.free[node]?.[at] ?? 0) - assumed;
    return capacity === 0 || left < 0 ? 0 : Math.floor((left * 100) / capacity);
  });
  return Math.floor(((scores[0] ?? 0) + (scores[1] ?? 0)) / 2);
}

/** How alike CPU and memory would be used, 0 to 100. */
function balanced(board: Board, group: Group, node: number): number {
  const [cpu = 0, memory = 0] = [0, 1].map((at) => {
    const capacity = allocatable(board.arena, node, at);
    const used = capacity - (board.free[node]?.[at] ?? 0) + (group.needs[at] ?? 0);
    return capacity === 0 ? 1 : Math.min(1, used / capacity);
  });
  return Math.floor((1 - Math.abs(cpu - memory) / 2) * 100);
}

function allocatable({ nodes }: Arena, node: number, at: number): number {
  const resources = nodes[node]?.allocatable;
  return Number((at === 0 ? resources?.cpuMillicores : resources?.memoryBytes) ?? 0n);
}

/** 100 for the highest. */
function normalized(values: readonly number[]): readonly number[] {
  const most = Math.max(...values);
  return most <= 0 ? values.map(() => 0) : values.map((value) => Math.floor((value * 100) / most));
}

/** Fewer pods of the kind in the node's domain is better; rarer domains weigh less. */
function spreadScores(board: Board, spreads: readonly Spread[], nodes: readonly number[]): readonly number[] {
  if (spreads.length === 0) return nodes.map(() => 0);
  const raw = nodes.map(() => 0);
  for (const spread of spreads) {
    const sums = board.domainCounts(spread);
    const domains = new Set(nodes.map((node) => spread.domains[node]));
    const weight = Math.log(domains.size + 2);
    for (const [index, node] of nodes.entries()) {
      const domain = spread.domains[node] ?? -1;
      if (domain >= 0) raw[index] = (raw[index] ?? 0) + (sums[domain] ?? 0) * weight + spread.maxSkew - 1;
    }
  }
  const rounded = raw.map((value) => Math.round(value));
  const most = Math.max(...rounded);
  const least = Math.min(...rounded);
  return rounded.map((value) => (most === 0 ? 100 : Math.floor((100 * (most + least - value)) / most)));
}

/** What the pod wishes of others and others of it, scaled from 0 to 100. */
function podAffinity(board: Board, group: Group, nodes: readonly number[]): readonly number[] {
  const wishful = board.arena.groups.filter(({ topology }) => topology.prefers.length > 0);
  if (wishful.length === 0) return nodes.map(() => 0);
  const wishes = nodes.map((node) => {
    const own = group.topology.prefers.reduce((sum, term) => sum + term.weight * board.matchesNear(term, node), 0);
    return wishful.reduce((sum, other) => sum + theirs(board, other, group, node), own);
  });
  const most = Math.max(...wishes);
  const least = Math.min(...wishes);
  return wishes.map((wish) => (most === least ? 0 : Math.floor((100 * (wish - least)) / (most - least))));
}

function theirs(board: Board, other: Group, group: Group, node: number): number {
  const only = [other.index];
  return other.topology.prefers
    .filter(({ matched }) => matched.includes(group.index))
    .reduce((sum, term) => sum + term.weight * board.matchesNear({ ...term, matched: only }, node), 0);
}

/** Makes room by pushing off pods of a lower priority, as few and as low as possible; they queue again. */
function preempt(board: Board, group: Group, queue: Group[]): boolean {
  if (!group.preempts) return false;
  const plans = board.arena.nodes.flatMap((_, node) => {
    const victims = group.refusals[node] === undefined ? victimsOn(board, group, node) : undefined;
    return victims === undefined ? [] : [{ node, victims }];
  });
  const plan = plans.sort((a, b) => costOf(a.victims) - costOf(b.victims) || a.victims.length - b.victims.length)[0];
  if (plan === undefined) return false;
  for (const victim of plan.victims) board.remove(victim, plan.node);
  board.place(group, plan.node);
  queue.push(...plan.victims);
  return true;
}

function costOf(victims: readonly Group[]): number {
  return Math.max(...victims.map(({ priority }) => priority));
}

function victimsOn(board: Board, group: Group, node: number): readonly Group[] | undefined {
  const lower = board.arena.groups
    .filter(({ priority }) => priority < group.priority)
    .flatMap((other) => Array.from({ length: board.counts[node]?.[other.index] ?? 0 }, () => other))
    .sort((a, b) => b.priority - a.priority);
  if (lower.length === 0) return undefined;
  const trial = board.copy();
  for (const victim of lower) trial.remove(victim, node);
  if (trial.limit(group, node) !== undefined) return undefined;
  trial.place(group, node);
  // Who can stay, stays: the highest first.
  return lower.filter((victim) => {
    if (trial.limit(victim, node) !== undefined) return true;
    trial.place(victim, node);
    return false;
  });
}
