import { Command, Option } from 'commander';
import type { Format } from '../review/output/formats';
import type { Risk } from '../review/review-model';
import { EXIT } from './exit-code';
import { deliver } from './output-file';
import { inColor } from './terminal';

interface Options {
  readonly format: Format;
  readonly failOn: Exclude<Risk, 'none'> | 'error';
  readonly today?: string;
  readonly output?: string;
}

/** `aia review`: exit code 0 nothing at or above --fail-on, 1 something is, 2 could not do the job. */
export function reviewCommand(): Command {
  return new Command('review')
    .description('say what a change of rendered manifests does, the riskiest first')
    .argument('<base>', 'a Git revision, or a folder or file of manifests')
    .argument('[head]', 'the same for the other side (default: the work tree)')
    .addOption(
      new Option('--format <format>', 'what to print')
        .choices(['text', 'json', 'markdown', 'sarif', 'html'])
        .default('text'),
    )
    .option('--output <file>', 'write it there instead of to stdout')
    .addOption(
      new Option('--fail-on <risk>', 'exit 1 from this risk on; error: only for new errors of aia check')
        .choices(['error', 'high', 'medium', 'low'])
        .default('high'),
    )
    .option('--today <date>', 'day that waivers are compared with, YYYY-MM-DD (default: today)')
    .action(async (base: string, head: string | undefined, options: Options) => {
      process.exitCode = await run(base, head, options);
    });
}

async function run(base: string, head: string | undefined, options: Options): Promise<number> {
  const [{ openSides }, { review }, { render }, { isAtLeastRisk }, { newCapacityProblems }, { isDay }] =
    await Promise.all([
      import('../review/source/open'),
      import('../review/review'),
      import('../review/output/formats'),
      import('../review/review-model'),
      import('../review/measure/rows'),
      import('../checks/waivers'),
    ]);
  if (options.today !== undefined && !isDay(options.today))
    return fail(`--today must be a day, YYYY-MM-DD, not "${options.today}".`);
  try {
    const sides = openSides(base, head, process.cwd());
    const digestKey = process.env.AIA_DIGEST_KEY;
    const reviewed = review(sides.base, sides.head, {
      today: options.today ?? new Date().toISOString().slice(0, 10),
      ...(digestKey !== undefined && { digestKey }),
      ...(await (await import('./review-site')).siteOf([...sides.base.files.keys(), ...sides.head.files.keys()])),
    });
    const title = `${sides.base.label} → ${sides.head.label}`;
    const color = options.output === undefined && inColor();
    deliver(await render(reviewed, options.format, { title, color }), options.output);
    const { changes, findings } = reviewed.review;
    const hasError = findings.introduced.some(({ severity }) => severity === 'error');
    const { failOn } = options;
    const isUnfit = newCapacityProblems(reviewed.review).length > 0;
    const isRisky = failOn !== 'error' && changes.some(({ risk }) => isAtLeastRisk(risk, failOn));
    return hasError || isUnfit || isRisky ? EXIT.findings : EXIT.clean;
  } catch (error) {
    if (
      error instanceof Error &&
      ['CannotReadError', 'SourceError', 'PlatformError', 'QuantityError', 'OutputError'].includes(error.name)
    )
      return fail(error.message);
    throw error;
  }
}

function fail(message: string): number {
  process.stderr.write(`aia review: ${message}\n`);
  return EXIT.failed;
}
