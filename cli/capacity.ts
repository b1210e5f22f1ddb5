import { Command, InvalidArgumentError, Option } from 'commander';
import type { Capacity } from '../capacity/capacity';
import type { ScaleName } from '../model/scales';
import { EXIT } from './exit-code';
import { forSets, type SetOptions } from './for-sets';
import type { ObjectSet } from './object-sets';
import { inColor, toTerminal } from './terminal';

interface Options extends SetOptions {
  readonly format: 'text' | 'json';
  readonly at: ScaleName;
  readonly orders: number;
}

/** `aia capacity`: exit code 0 where all that must run fits, 1 where it does not, 2 could not do the job. */
export function capacityCommand(): Command {
  return new Command('capacity')
    .description(
      'what pods request, and whether they fit the nodes: at the minimum, expected and maximum, in updates, after losses',
    )
    .argument('[path...]', 'files and folders (default: dist)')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addOption(
      new Option('--at <scale>', 'the scale whose nodes are drawn')
        .choices(['minimum', 'expected', 'maximum'])
        .default('maximum'),
    )
    .option('--orders <number>', 'seeded orders of arrival to try; 0 leaves that out', wholeNumber, 100)
    .option('--phase <phase>', 'with --cluster: hold the manifests against its nodes, whatever their path')
    .option('--cluster <name>', 'a cluster of platform/clusters.ts')
    .action(async (paths: string[], options: Options) => {
      process.exitCode = await run(paths, options);
    });
}

async function run(paths: readonly string[], options: Options): Promise<number> {
  return forSets('capacity', paths, options, async (sets, platform) => {
    const [{ capacityOf }, { clusterNodes }] = await Promise.all([
      import('../capacity/capacity'),
      import('../model/platform/cluster-nodes'),
    ]);
    const results = sets.map((set) => ({
      set,
      capacity: capacityOf(set.objects, set.cell && clusterNodes(platform, set.cell.cluster, set.cell.phase), {
        orders: options.orders,
      }),
    }));
    process.stdout.write(await render(results, options));
    return results.some(({ capacity }) => capacity.problems.length > 0) ? EXIT.findings : EXIT.clean;
  });
}

type Results = readonly {
  readonly set: ObjectSet;
  readonly capacity: Capacity;
}[];

async function render(results: Results, { format, at }: Options): Promise<string> {
  if (format === 'json') {
    const [{ capacityJson }, { jsonText }] = await Promise.all([
      import('../capacity/output/json'),
      import('../model/json-text'),
    ]);
    return jsonText({
      version: 1,
      sets: results.map(({ set: { name, cell }, capacity }) =>
        capacityJson(name, cell && { phase: cell.phase, cluster: cell.cluster.name }, capacity),
      ),
    });
  }
  const { renderText } = await import('../capacity/output/text');
  const isTerminal = toTerminal();
  const options = {
    at,
    width: isTerminal ? process.stdout.columns : 110,
    blocks: isTerminal,
    color: inColor(),
  };
  return results
    .map(({ set, capacity }) => {
      const twice = set.twice === 0 ? '' : `, ${set.twice} of them twice`;
      return renderText(`${set.name}: ${set.objects.length} objects${twice}`, capacity, options);
    })
    .join('\n');
}

function wholeNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('write a whole number up to 99999.');
  return Number(text);
}
