import type { Amounts } from '../amounts';
import type { Placed } from '../placed';
import type { ScaleAnswer } from '../scale-answer';

/** How the bars look, and how much room there is for them. */
export interface PictureOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** Block characters; without them `#` and `.`, which every log shows. */
  readonly blocks: boolean;
}

/** Columns that are no bar: the numbers behind each bar, and the pods. */
const NUMBERS = 41;
const LEAST_BAR = 6;
const MOST_BAR = 40;

/** One line a node: what its pods request of CPU and memory, and how many they are. */
export function picture(placed: Placed, { nodes }: ScaleAnswer, { width, blocks }: PictureOptions): string {
  const names = Math.max(4, ...nodes.map(({ name }) => name.length));
  const bar = Math.min(MOST_BAR, Math.max(LEAST_BAR, Math.floor((width - names - NUMBERS) / 2)));
  const head = `${'NODE'.padEnd(names)}  ${'CPU'.padEnd(bar + 11)}  ${'MEMORY (GiB)'.padEnd(bar + 13)}  PODS`;
  const lines = nodes.map(({ name, requested }, at) => {
    const node = placed.nodes[at];
    if (!node) return name;
    const cpu = `${cores(requested)}/${cores(node.allocatable)}`;
    const memory = `${gibibytes(requested)}/${gibibytes(node.allocatable)}`;
    return [
      name.padEnd(names),
      `${barOf(requested.cpuMillicores, node.allocatable.cpuMillicores, bar, blocks)} ${cpu.padEnd(10)}`,
      `${barOf(requested.memoryBytes, node.allocatable.memoryBytes, bar, blocks)} ${memory.padEnd(12)}`,
      `${requested.pods}/${node.pods}`,
    ].join('  ');
  });
  return [head, ...lines].join('\n');
}

/** Filled by the share that is taken; a share that is not nothing fills at least one place, and only all fills all. */
export function barOf(used: bigint, all: bigint, width: number, blocks: boolean): string {
  const share = all === 0n ? 0 : Number((used * 10_000n) / all) / 10_000;
  const rounded = Math.round(share * width);
  const filled = used > 0n && rounded === 0 ? 1 : used < all && rounded >= width ? width - 1 : Math.min(rounded, width);
  return (blocks ? '█' : '#').repeat(filled) + (blocks ? '░' : '.').repeat(width - filled);
}

function cores({ cpuMillicores }: Pick<Amounts, 'cpuMillicores'>): string {
  return (Number(cpuMillicores) / 1000).toFixed(2);
}

function gibibytes({ memoryBytes }: Pick<Amounts, 'memoryBytes'>): string {
  return (Number(memoryBytes) / 1024 ** 3).toFixed(1);
}
