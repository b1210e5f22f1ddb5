import type { Cell, Site } from '../review/measure/measure';
import { ROOT } from './root';

/** Nodes and prices of the platform, where the manifests are in its folders. */
export async function siteOf(files: readonly string[]): Promise<{ site?: Site }> {
  if (!files.some((file) => /(^|\/)phase-\d\//.test(file))) return {};
  const [{ platform }, { cellOf }, { clusterNodes }, { readPrices }, { readSource }, { SOURCES }] = await Promise.all([
    import('../platform/platform'),
    import('./object-sets'),
    import('../model/platform/cluster-nodes'),
    import('../model/platform/prices'),
    import('../model/platform/read-source'),
    import('../model/platform/sources'),
  ]);
  const cells = new Map<string, Cell>();
  return {
    site: {
      prices: readPrices(readSource(ROOT, SOURCES.prices), platform),
      cellOf: (file) => {
        const found = cellOf(file, platform);
        if (!found?.cell) return undefined;
        const { folder, cell } = found;
        const known = cells.get(folder);
        if (known) return known;
        const { phase, cluster } = cell;
        const made: Cell = { folder, phase, cluster: cluster.name, nodes: clusterNodes(platform, cluster, phase) };
        cells.set(folder, made);
        return made;
      },
    },
  };
}
