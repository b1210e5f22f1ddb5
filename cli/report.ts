import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { EXIT } from './exit-code';
import { forSets, type SetOptions } from './for-sets';
import { deliver } from './output-file';

interface Options extends SetOptions {
  readonly format: 'html' | 'json';
  readonly output?: string;
  readonly today?: string;
}

/** `aia report`: exit code 0 it is written, 2 could not do the job. What it tells of is for the other commands to judge. */
export function reportCommand(): Command {
  return new Command('report')
    .description('the whole platform on one page: services, calls, phases, nodes, cost, policies, data, findings')
    .argument('[path...]', 'files and folders (default: dist)')
    .addOption(new Option('--format <format>', 'what to write').choices(['html', 'json']).default('html'))
    .option('--output <file>', 'write it there instead of to stdout')
    .option('--phase <phase>', 'with --cluster: hold the manifests against its nodes, whatever their path')
    .option('--cluster <name>', 'a cluster of platform/clusters.ts')
    .option('--today <date>', 'day that waivers are compared with, YYYY-MM-DD (default: today)')
    .action(async (paths: string[], options: Options) => {
      process.exitCode = await run(paths, options);
    });
}

async function run(paths: readonly string[], options: Options): Promise<number> {
  if (options.today !== undefined && !(await import('../checks/waivers')).isDay(options.today)) {
    process.stderr.write(`aia report: --today must be a day, YYYY-MM-DD, not "${options.today}".\n`);
    return EXIT.failed;
  }
  return forSets('report', paths, options, async (sets, platform) => {
    const [{ reportOf }, { clusterNodes }, { reportSite }, { checkPaths, DEFAULT_PATHS }] = await Promise.all([
      import('../report/report'),
      import('../model/platform/cluster-nodes'),
      import('./report-site'),
      import('./check-paths'),
    ]);
    const site = sets.some(({ cell }) => cell !== undefined) ? reportSite(sets, platform) : undefined;
    const inputs = sets.map(({ name, objects, cell }) => {
      const cost = site?.costs.find((one) => one.name === name)?.cost;
      return {
        name,
        objects,
        ...(cell && {
          cell: {
            phase: cell.phase,
            cluster: cell.cluster.name,
            nodes: clusterNodes(platform, cell.cluster, cell.phase),
          },
        }),
        ...(cost && { cost }),
      };
    });
    const chosen = paths.length > 0 ? paths : ['dist'];
    const report = reportOf({
      paths: chosen,
      sets: inputs,
      checked: await checkPaths(paths.length > 0 ? paths : DEFAULT_PATHS.filter((one) => existsSync(one)), {
        target: 'both',
        schemaOnly: false,
        today: options.today,
        waivers: undefined,
      }),
      ...(site && { platform: site.platform }),
    });
    if (options.format === 'json') deliver((await import('../model/json-text')).jsonText(report), options.output);
    else deliver((await import('../report/html/report-page')).renderReportHtml(report), options.output);
    return EXIT.clean;
  });
}
