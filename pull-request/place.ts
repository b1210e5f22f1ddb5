import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { GithubPlace } from './github';
import type { GitlabPlace } from './gitlab';
import { PullRequestError } from './problems';

/** Variables of the job, as the host sets them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the command line says; the environment says the rest. */
export interface Wanted {
  readonly repository?: string;
  readonly number?: number;
}

const numbered = z.object({ number: z.number().int().positive() });
/** The parts of an event of GitHub that name a pull request. */
const Event = z.object({
  pull_request: numbered.optional(),
  issue: numbered.extend({ pull_request: z.unknown().optional() }).optional(),
  workflow_run: z.object({ pull_requests: z.array(numbered).optional() }).optional(),
});

/** True in a job of GitLab CI that is not one of GitHub Actions. */
export function isGitlab(env: Environment): boolean {
  return env.GITLAB_CI === 'true' && env.GITHUB_ACTIONS !== 'true';
}

/**
 * The pull request on GitHub.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables read in November 2026
 * @throws PullRequestError
 */
export function githubPlace(wanted: Wanted, env: Environment): GithubPlace {
  const full = wanted.repository ?? env.GITHUB_REPOSITORY ?? '';
  const [, owner, repository] = /^([A-Za-z0-9-]+)\/([A-Za-z0-9._-]+)$/.exec(full) ?? [];
  if (owner === undefined || repository === undefined)
    throw new PullRequestError(
      full === ''
        ? 'which repository? Name it with --repository owner/name; GitHub Actions sets GITHUB_REPOSITORY.'
        : `"${full}" is no repository: write owner/name.`,
    );
  const number = wanted.number ?? numberOfEvent(env);
  if (number === undefined)
    throw new PullRequestError(
      'which pull request? The event that started this job has none: name it with --pull-request NUMBER.',
    );
  const token = env.GITHUB_TOKEN ?? '';
  if (token === '')
    throw new PullRequestError(
      'no token: set GITHUB_TOKEN. In a workflow, env: { GITHUB_TOKEN: "${{ github.token }}" } on this step.',
    );
  const api = env.GITHUB_API_URL ?? '';
  return {
    url: addressOf('GITHUB_API_URL', api === '' ? 'https://api.github.com' : api),
    owner,
    repository,
    number,
    token,
  };
}

/**
 * The merge request on GitLab.
 *
 * @see https://docs.gitlab.com/ci/variables/predefined_variables/ read in November 2026
 * @throws PullRequestError
 */
export function gitlabPlace(wanted: Wanted, env: Environment): GitlabPlace {
  const project = wanted.repository ?? env.CI_MERGE_REQUEST_PROJECT_ID ?? '';
  const number = wanted.number ?? Number(env.CI_MERGE_REQUEST_IID ?? '');
  if (project === '' || !Number.isInteger(number) || number <= 0)
    throw new PullRequestError(
      'which merge request? Run in a pipeline of a merge request, or name --repository PROJECT and --pull-request NUMBER.',
    );
  const token = env.GITLAB_TOKEN ?? '';
  if (token === '')
    throw new PullRequestError(
      'no token: set GITLAB_TOKEN to a project access token with the scope "api". The token of the job may not write notes.',
    );
  return { url: addressOf('CI_API_V4_URL', env.CI_API_V4_URL ?? ''), project, number, token };
}

/** Address of the run that this is, for people; empty outside of one. */
export function runAddress(env: Environment): string {
  if (isGitlab(env)) return env.CI_JOB_URL ?? '';
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : '';
}

/** @throws PullRequestError where it is no address that a browser or a client opens */
export function addressOf(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.href;
  throw new PullRequestError(`${name} must be an address that begins with https://, not "${text}".`);
}

function numberOfEvent(env: Environment): number | undefined {
  const ofRef = /^refs\/pull\/(\d+)\//.exec(env.GITHUB_REF ?? '')?.[1];
  const file = env.GITHUB_EVENT_PATH ?? '';
  if (file === '') return ofRef === undefined ? undefined : Number(ofRef);
  let event;
  try {
    event = Event.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    throw new PullRequestError(`GITHUB_EVENT_PATH: ${file} can not be read as JSON. Name --pull-request NUMBER.`);
  }
  const ofIssue = event?.issue?.pull_request === undefined ? undefined : event.issue.number;
  const ofRun = event?.workflow_run?.pull_requests?.[0]?.number;
  return event?.pull_request?.number ?? ofIssue ?? ofRun ?? (ofRef === undefined ? undefined : Number(ofRef));
}
