import { checkMarker, commentBody } from './comment-body';
import { GithubThread } from './github';
import { GitlabThread } from './gitlab';
import { addToSummary } from './job-summary';
import { addressOf, githubPlace, gitlabPlace, isGitlab, runAddress, type Environment, type Wanted } from './place';
import { PullRequestError, RefusedError } from './problems';
import { keepOneComment, type Kept } from './sticky';
import type { Thread } from './thread';

/** What `aia comment` was asked for. */
export interface Publication {
  readonly pullRequest?: number;
  readonly repository?: string;
  readonly marker: string;
  readonly author?: string;
  readonly detailsUrl?: string;
  /** False where the caller has written the job summary already. */
  readonly summary: boolean;
}

const DONE: Record<Kept['done'], string> = {
  created: 'Wrote the comment on',
  updated: 'Updated the comment on',
  unchanged: 'The comment says that already on',
};

/**
 * Puts the text on the pull request. Where the token may not write, as for a fork, it goes to the job summary.
 *
 * @param sleep waits so many seconds; tests don't
 * @returns what was done, as a sentence
 * @throws PullRequestError where the text is shown nowhere; it is in the job summary all the same, if there is one
 */
export async function publish(
  text: string,
  wanted: Publication,
  env: Environment,
  sleep?: (seconds: number) => Promise<void>,
): Promise<string> {
  checkMarker(wanted.marker);
  const details = wanted.detailsUrl === undefined ? runAddress(env) : addressOf('--details-url', wanted.detailsUrl);
  const thread = threadOf(wanted, env, sleep);
  const body = commentBody(text, { marker: wanted.marker, details });
  try {
    const kept = await keepOneComment(thread, {
      marker: wanted.marker,
      body,
      ...(wanted.author !== undefined && { author: wanted.author }),
    });
    return told(thread, kept);
  } catch (error) {
    if (!(error instanceof PullRequestError)) throw error;
    const summary = env.GITHUB_STEP_SUMMARY ?? '';
    const isWritten = wanted.summary && summary !== '';
    if (isWritten) addToSummary(summary, text, details);
    if (!(error instanceof RefusedError)) throw error;
    const refused = `the token may not write comments on ${thread.title} (${error.message})`;
    const remedy =
      'That is so for pull requests from forks; otherwise the job needs the permission pull-requests: write.';
    if (!isWritten && wanted.summary)
      throw new PullRequestError(`${refused}, and there is no job summary to write to instead. ${remedy}`);
    return `No comment: ${refused}.${isWritten ? ' The text is in the job summary.' : ''} ${remedy}`;
  }
}

function threadOf(wanted: Publication, env: Environment, sleep?: (seconds: number) => Promise<void>): Thread {
  const named: Wanted = {
    ...(wanted.pullRequest !== undefined && { number: wanted.pullRequest }),
    ...(wanted.repository !== undefined && { repository: wanted.repository }),
  };
  const waiting = sleep === undefined ? {} : { sleep };
  return isGitlab(env)
    ? new GitlabThread({ ...gitlabPlace(named, env), ...waiting })
    : new GithubThread({ ...githubPlace(named, env), ...waiting });
}

function told(thread: Thread, { done, url, removed, left }: Kept): string {
  const others = [
    ...(removed > 0 ? [`deleted ${removed} older of the same marker`] : []),
    ...(left > 0 ? [`${left} older could not be deleted`] : []),
  ];
  return `${DONE[done]} ${thread.title}${url === '' ? '' : `: ${url}`}${others.length > 0 ? ` (${others.join(', ')})` : ''}`;
}
