import { amountText } from './amount-text';
import type { Group } from './arena';
import type { Board } from './board';

/** Why the next pod of a group finds no node, with the numbers a person needs. */
export function describeStuck(board: Board, group: Group | undefined): string {
  if (group === undefined) return 'nothing is left over';
  const { arena } = board;
  const allowed = arena.nodes.flatMap((_, node) => (group.refusals[node] === undefined ? [node] : []));
  const limits = allowed.map((node) => board.limit(group, node) ?? 'nothing');
  const reasons = [...new Set(limits)].sort().map((limit) => {
    const nodes = allowed.filter((_, at) => limits[at] === limit);
    return reasonText(board, group, limit, nodes, allowed.length);
  });
  return `another pod of ${group.owner} finds no node: ${reasons.join('; ')}`;
}

function reasonText(board: Board, group: Group, limit: string, nodes: readonly number[], all: number): string {
  const where =
    nodes.length === all ? `each of the ${all} nodes it may use` : `${nodes.length} of the ${all} nodes it may use`;
  const at = board.arena.resources.indexOf(limit);
  if (at < 0) return `${limit} keeps it off ${where}`;
  const free = Math.max(0, ...nodes.map((node) => board.free[node]?.[at] ?? 0));
  return `it asks for ${amountText(limit, group.needs[at] ?? 0)}, and ${amountText(limit, free)} at most are free on ${where}`;
}
