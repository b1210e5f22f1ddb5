import { addonRequests, nodeCount } from '../model/platform/nodes';
import type { Platform } from '../model/platform/platform';
import { textTable } from '../model/text-table';
import { totalsOf } from '../model/totals';
import type { Cell } from '../phases/render';
import type { Difference } from './compare';

/** The table of a synth: per phase and cluster what is rendered, what it requests, and which files differ. */
export function summaryTable(platform: Platform, cells: readonly Cell[], difference: Difference): string {
  const rows: string[][] = [];
  for (const { phase, cluster, objects } of cells) {
    const { min, max } = totalsOf(
      objects.map(({ object }) => object),
      nodeCount(cluster, phase),
      addonRequests(platform, cluster, phase),
    );
    rows.push([
      phase,
      cluster.name,
      String(objects.length),
      range(String(min.pods), String(max.pods)),
      range(cores(min.requests.cpuMillicores), cores(max.requests.cpuMillicores)),
      range(gibibytes(min.requests.memoryBytes), `${gibibytes(max.requests.memoryBytes)} GiB`),
      filesText(difference, `${phase}/${cluster.name}/`),
    ]);
  }
  return textTable(['PHASE', 'CLUSTER', 'OBJECTS', 'PODS', 'CPU', 'MEMORY', 'FILES'], rows, 'llrrrrl');
}

/** `2 added, 1 changed`, or `no change`. */
export function filesText({ added, changed, removed }: Difference, prefix = ''): string {
  const count = (files: readonly string[]): number => files.filter((file) => file.startsWith(prefix)).length;
  const parts = [
    [count(added), 'added'],
    [count(changed), 'changed'],
    [count(removed), 'removed'],
  ] as const;
  const told = parts.filter(([files]) => files > 0).map(([files, what]) => `${files} ${what}`);
  return told.length === 0 ? 'no change' : told.join(', ');
}

function range(min: string, max: string): string {
  return min === max ? min : `${min} – ${max}`;
}

/** Two decimals, from integers only. */
function cores(millicores: bigint): string {
  return hundredths(millicores / 10n);
}

function gibibytes(bytes: bigint): string {
  return hundredths((bytes * 100n) / 1024n ** 3n);
}

function hundredths(value: bigint): string {
  return `${value / 100n}.${String(value % 100n).padStart(2, '0')}`;
}
