import { Command, Option } from 'commander';
import type { Cost } from '../cost/cost';
import type { ClusterCost, Gate } from '../cost/gates';
import type { Prices } from '../model/platform/prices';
import { EXIT } from './exit-code';
import { forSets, type SetOptions } from './for-sets';
import type { ObjectSet } from './object-sets';
import { ROOT } from './root';
import { inColor } from './terminal';

interface Options extends SetOptions {
  readonly format: 'text' | 'json';
}

interface Result {
  readonly set: ObjectSet;
  readonly cost: Cost;
}

/** `aia cost`: exit code 0 where every limit is kept, 1 where one is broken or can't be told, 2 could not do the job. */
export function costCommand(): Command {
  return new Command('cost')
    .description('what the manifests cost in a month, from the dated prices in platform/prices.yaml')
    .argument('[path...]', 'files and folders (default: dist)')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .option('--phase <phase>', 'with --cluster: price the manifests on its nodes, whatever their path')
    .option('--cluster <name>', 'a cluster of platform/clusters.ts')
    .action(async (paths: string[], options: Options) => {
      process.exitCode = await run(paths, options);
    });
}

async function run(paths: readonly string[], options: Options): Promise<number> {
  return forSets('cost', paths, options, async (sets, platform) => {
    const [{ costOf }, { gatesOf }, { clusterNodes }, { readPrices }, { readSource }, { SOURCES }] = await Promise.all([
      import('../cost/cost'),
      import('../cost/gates'),
      import('../model/platform/cluster-nodes'),
      import('../model/platform/prices'),
      import('../model/platform/read-source'),
      import('../model/platform/sources'),
    ]);
    const prices = readPrices(readSource(ROOT, SOURCES.prices), platform);
    const results = sets.map((set) => ({
      set,
      cost: costOf(set.objects, set.cell && clusterNodes(platform, set.cell.cluster, set.cell.phase), prices),
    }));
    const costs = results.flatMap(({ set, cost }) =>
      set.cell ? [{ phase: set.cell.phase, cluster: set.cell.cluster.name, cost }] : [],
    );
    const gates = gatesOf(costs, prices);
    process.stdout.write(await render(results, costs, gates, prices, options));
    return gates.some(({ answer }) => answer === 'broken' || answer === 'unknown') ? EXIT.findings : EXIT.clean;
  });
}

async function render(
  results: readonly Result[],
  costs: readonly ClusterCost[],
  gates: readonly Gate[],
  prices: Prices,
  { format }: Options,
): Promise<string> {
  if (format === 'json') {
    const [{ costJson }, { jsonText }] = await Promise.all([
      import('../cost/output/json'),
      import('../model/json-text'),
    ]);
    return jsonText({
      version: 1,
      sets: results.map(({ set: { name, cell }, cost }) =>
        costJson(name, cell && { phase: cell.phase, cluster: cell.cluster.name }, cost),
      ),
      gates,
    });
  }
  const { renderText, renderSummary } = await import('../cost/output/text');
  const color = inColor();
  return [
    ...results.map(({ set, cost }) => renderText(`${set.name}: ${set.objects.length} objects`, cost, color)),
    renderSummary(costs, gates, Object.values(prices.notPriced), color),
  ].join('\n');
}
