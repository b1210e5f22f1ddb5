import type { CapacitySets, CostSets, Review } from '../review-model';

type CapacitySet = CapacitySets['sets'][number];
type CostSet = CostSets['sets'][number];

/** Messages about what fits no more on the nodes; those that were there before are left out. */
export function newCapacityProblems({ capacity }: Review): readonly string[] {
  const old = new Set(capacity.base?.sets.flatMap(({ problems }) => problems.map(({ message }) => message)) ?? []);
  return (
    capacity.head?.sets.flatMap(({ set, problems }) =>
      problems
        .filter(({ message }) => !old.has(message))
        .map(({ scale, message }) => `${set} at the ${scale}: ${message}`),
    ) ?? []
  );
}

/** Capacity and cost before and after, one row for each cluster in which they differ. */
export function measureRows({ capacity, cost }: Review): readonly (readonly [string, string])[] {
  const rows: [string, string][] = [];
  for (const [before, after] of pairsOf<CapacitySet>(capacity.base?.sets, capacity.head?.sets)) {
    const parts = (['minimum', 'maximum'] as const).map((scale) => {
      const [left, right] = [before?.totals[scale], after?.totals[scale]];
      const pods = step(String(left?.pods ?? 0), String(right?.pods ?? 0));
      const cpu = step(cores(left?.cpuMillicores), cores(right?.cpuMillicores));
      const memory = step(gibibytes(left?.memoryBytes), gibibytes(right?.memoryBytes));
      return {
        text: `${scale}: ${pods} pods, ${cpu} cores, ${memory} GiB`,
        differs: [pods, cpu, memory].some((one) => one.includes('→')),
      };
    });
    if (parts.some(({ differs }) => differs))
      rows.push(['capacity', `${nameOf(before, after)} ${parts.map(({ text }) => text).join('; ')}`]);
  }
  for (const [before, after] of pairsOf<CostSet>(cost.base?.sets, cost.head?.sets)) {
    const parts = (['minimum', 'expected', 'maximum'] as const).map((scale) => {
      const text = step(dollars(before?.microUsdPerMonth[scale]), dollars(after?.microUsdPerMonth[scale]));
      return { text: `${scale} ${text}`, differs: text.includes('→') };
    });
    if (parts.some(({ differs }) => differs))
      rows.push(['cost', `${nameOf(before, after)} USD a month: ${parts.map(({ text }) => text).join(', ')}`]);
  }
  return rows;
}

/** Sets of both sides by cluster: a promoted cluster stands in two folders. */
export function pairsOf<Set extends { readonly set: string; readonly cluster: string | null }>(
  base: readonly Set[] | undefined,
  head: readonly Set[] | undefined,
): readonly (readonly [Set | undefined, Set | undefined])[] {
  const left = [...(base ?? [])];
  const pairs = (head ?? []).map((after): [Set | undefined, Set | undefined] => {
    const same = left.findIndex(({ set }) => set === after.set);
    const index =
      same >= 0
        ? same
        : left.findIndex(
            ({ cluster, set }) => cluster === after.cluster && !(head ?? []).some((one) => one.set === set),
          );
    return [index < 0 ? undefined : left.splice(index, 1)[0], after];
  });
  return [...pairs, ...left.map((before): [Set | undefined, Set | undefined] => [before, undefined])];
}

/** The folder, or the two of a promoted cluster. */
export function nameOf(
  before: { readonly set: string } | undefined,
  after: { readonly set: string } | undefined,
): string {
  return step(before?.set ?? after?.set ?? '', after?.set ?? before?.set ?? '');
}

function step(before: string, after: string): string {
  return before === after ? after : `${before} → ${after}`;
}

/** Two decimals of cores, from millicores. */
export function cores(millicores = 0): string {
  return (millicores / 1000).toFixed(2);
}

/** Two decimals of GiB. */
export function gibibytes(bytes = 0): string {
  return (bytes / 1024 ** 3).toFixed(2);
}

/** Dollars of millionths, with cents. */
export function dollars(micro = 0): string {
  return (micro / 1_000_000).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
