import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { CheckResult } from '../checks/engine';
import type { Severity } from '../checks/finding';
import type { Format } from '../checks/output/formats';
import type { Target } from '../checks/schema';
import { DEFAULT_PATHS } from './check-paths';
import { EXIT } from './exit-code';
import { inColor } from './terminal';

interface Options {
  readonly format: Format;
  readonly failOn: Severity;
  readonly show: Severity;
  readonly kubernetes: Target;
  readonly today?: string;
  readonly waivers?: string;
  readonly schemaOnly: boolean;
}

/** `aia check`: exit code 0 clean, 1 findings at or above --fail-on, 2 could not do the job. */
export function checkCommand(): Command {
  return new Command('check')
    .description(
      'check Kubernetes manifests: schemas of two Kubernetes versions, rules on objects, on what runs together, on phases',
    )
    .argument('[path...]', `files and folders (default: ${DEFAULT_PATHS.join(', ')})`)
    .addOption(
      new Option('--format <format>', 'what to print')
        .choices(['text', 'json', 'markdown', 'sarif', 'junit'])
        .default('text'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 from this severity on')
        .choices(['error', 'warning', 'info'])
        .default('error'),
    )
    .addOption(
      new Option('--show <severity>', 'in text and markdown, list findings from this severity on; the rest is counted')
        .choices(['error', 'warning', 'info'])
        .default('warning'),
    )
    .addOption(
      new Option('--kubernetes <version>', 'floor is 1.28, current is today')
        .choices(['floor', 'current', 'both'])
        .default('both'),
    )
    .option('--waivers <file>', 'file with waived findings (docs/check.md)')
    .option('--today <date>', 'day that waivers are compared with, YYYY-MM-DD (default: today)')
    .option('--schema-only', 'syntax and schemas only, no rules', false)
    .action(async (paths: string[], options: Options) => {
      process.exitCode = await run(paths, options);
    });
}

async function run(paths: readonly string[], options: Options): Promise<number> {
  const [{ checkPaths }, { isAtLeast }, { isDay }] = await Promise.all([
    import('./check-paths'),
    import('../checks/finding'),
    import('../checks/waivers'),
  ]);
  if (options.today !== undefined && !isDay(options.today))
    return fail(`--today must be a day, YYYY-MM-DD, not "${options.today}".`);
  const chosen = paths.length > 0 ? paths : DEFAULT_PATHS.filter((path) => existsSync(path));
  if (chosen.length === 0)
    return fail(`there is no ${DEFAULT_PATHS.join(' and no ')} here. Name the folder to check: aia check PATH`);
  let result: CheckResult;
  try {
    const { kubernetes: target, schemaOnly, today, waivers } = options;
    result = await checkPaths(chosen, { target, schemaOnly, today, waivers });
  } catch (error) {
    if (error instanceof Error && ['CannotReadError', 'WaiverFileError'].includes(error.name))
      return fail(error.message);
    throw error;
  }
  if (result.objects === 0 && result.findings.length === 0) {
    return fail(
      `no Kubernetes object in ${chosen.join(', ')} (${result.files} ${result.files === 1 ? 'file' : 'files'} read). Check the path.`,
    );
  }
  const { render } = await import('../checks/output/formats');
  process.stdout.write(await render(result, options.format, { show: options.show, color: inColor() }));
  return result.findings.some(({ severity }) => isAtLeast(severity, options.failOn)) ? EXIT.findings : EXIT.clean;
}

function fail(message: string): number {
  process.stderr.write(`aia check: ${message}\n`);
  return EXIT.failed;
}
