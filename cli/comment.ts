import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import type { Publication } from '../pull-request/publish';
import { EXIT } from './exit-code';

interface Options extends Publication {
  readonly file: string;
}

/** `aia comment`: exit code 0 the comment or the job summary says it, 2 neither does. */
export function commentCommand(): Command {
  return new Command('comment')
    .description('put a text on a pull request as one comment that is updated (GitHub, GitLab)')
    .requiredOption('--file <file>', 'Markdown, such as that of aia review --format markdown')
    .option('--pull-request <number>', 'default: that of the event that started the job', pullRequestNumber)
    .option('--repository <name>', 'owner/name, on GitLab the project (default: that of the job)')
    .option('--marker <name>', 'which comment this is: another name is another comment', 'review')
    .option('--author <login>', 'who writes our comments (default: the API is asked)')
    .option('--details-url <url>', 'where the whole review is (default: the run of this job)')
    .option('--no-summary', 'where no comment may be written, write no job summary either: it is there already')
    .action(async (options: Options) => {
      process.exitCode = await run(options, process.env);
    });
}

async function run(options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  // Octokit is loaded here: other commands start without it.
  const [{ publish }, { PullRequestError }] = await Promise.all([
    import('../pull-request/publish'),
    import('../pull-request/problems'),
  ]);
  let text: string;
  try {
    text = readFileSync(options.file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return fail(`${options.file} can not be read (${reason}).`);
  }
  try {
    process.stdout.write(`${await publish(text, options, env)}\n`);
    return EXIT.clean;
  } catch (error) {
    if (error instanceof PullRequestError) return fail(error.message);
    throw error;
  }
}

function pullRequestNumber(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError('It is a number, such as 12.');
  return Number(text);
}

function fail(message: string): number {
  process.stderr.write(`aia comment: ${message}\n`);
  return EXIT.failed;
}
