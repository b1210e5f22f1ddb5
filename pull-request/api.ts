import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { PullRequestError, RefusedError, UncertainError } from './problems';
import { isRateLimited, secondsToWait, type Failed } from './waits';

/** Tries of one request, the first included. */
const TRIES = 4;
/** A job costs money while it waits: a longer wait is an error instead. */
const LONGEST_WAIT = 300;
const TIMEOUT_SECONDS = 30;
const LONGEST_MESSAGE = 300;

const Client = Octokit.plugin(paginateRest);
export type Api = InstanceType<typeof Client>;

/** Where the API is, and who asks. */
export interface ApiOptions {
  readonly url: string;
  readonly token: string;
  /** How the token is sent; without it, as GitHub wants it. */
  readonly tokenHeader?: string;
  /** Waits so many seconds; tests don't. */
  readonly sleep?: (seconds: number) => Promise<void>;
}

/**
 * An HTTP client for a REST API with `Link` headers. It tries again after server errors, lost connections and rate
 * limits, except where a request that writes anew (POST) may have been carried out.
 */
export function connect({ url, token, tokenHeader, sleep = pause }: ApiOptions): Api {
  const api = new Client({
    baseUrl: url.replace(/\/+$/, ''),
    userAgent: 'aia-gitops',
    ...(tokenHeader === undefined && { auth: token }),
    // Deprecations of the API are nothing that the reader of a job's log can act on.
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  api.hook.wrap('request', async (request, options) => {
    if (tokenHeader !== undefined) options.headers[tokenHeader] = token;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const signal = AbortSignal.timeout(TIMEOUT_SECONDS * 1000);
        return await request({ ...options, request: { ...options.request, signal } });
      } catch (error) {
        const failed = failedOf(error);
        const seconds = failed && secondsToWait(failed, attempt, Date.now());
        if (failed === undefined || seconds === undefined || attempt >= TRIES) throw error;
        if (seconds > LONGEST_WAIT)
          throw new PullRequestError(
            `the API asks to wait ${seconds} seconds (${oneLine(failed.message, token)}), and this job waits ${LONGEST_WAIT} at most. Run it again later.`,
          );
        // What was refused was not carried out. A server error leaves it open.
        if (options.method === 'POST' && !options.url.endsWith('/graphql') && !isRateLimited(failed)) {
          await sleep(seconds);
          throw new UncertainError(`no comment could be written: ${oneLine(failed.message, token)}`);
        }
        await sleep(seconds);
      }
    }
  });
  return api;
}

/**
 * The error as one for people: what was refused, what is not there. Never holds the token, whatever the API answers.
 *
 * @param title what the request was about, such as `owner/name#12`
 */
export function asProblem(error: unknown, { title, token }: { readonly title: string; readonly token: string }): Error {
  if (error instanceof PullRequestError) return error;
  const failed = failedOf(error);
  if (failed === undefined) {
    const reason = error instanceof Error ? error.message : String(error);
    return new PullRequestError(`${title}: ${oneLine(reason, token)}.`);
  }
  const reason = oneLine(failed.message, token);
  switch (failed.status) {
    case 401:
      return new PullRequestError(`${title}: the token is not valid (${reason}).`);
    case 403:
      if (!isRateLimited(failed)) return new RefusedError(reason);
      break;
    case 404:
      return new PullRequestError(
        `${title} is not there, or the token may not see it (${reason}). Check the number and the token's permissions.`,
      );
  }
  return new PullRequestError(
    failed.isAnswered
      ? `${title}: ${reason} (HTTP ${failed.status}).`
      : `${title}: the API does not answer (${reason}).`,
  );
}

/**
 * Takes "not found" for done, where something was to be deleted.
 *
 * @throws every other error as it is
 */
export function isGone(error: unknown): void {
  if (failedOf(error)?.status !== 404) throw error;
}

/** What Octokit knows of the failure; undefined where it was no request that failed. */
function failedOf(error: unknown): (Failed & { readonly isAnswered: boolean }) | undefined {
  if (!(error instanceof Error) || error.name !== 'HttpError') return undefined;
  const { status, response } = error as Error & {
    readonly status: number;
    readonly response?: { readonly headers: Failed['headers'] };
  };
  if (response) return { status, headers: response.headers, message: error.message, isAnswered: true };
  return { status, headers: {}, message: lastCause(error), isAnswered: false };
}

/** What fetch says is "fetch failed"; the reason is at the end of the chain of causes. */
function lastCause(error: { readonly message?: string; readonly cause?: unknown }): string {
  const { cause } = error;
  return typeof cause === 'object' && cause !== null ? lastCause(cause) : (error.message ?? 'no reason given');
}

/** One line without the token: a second line could be a command to the runner that reads the log. */
function oneLine(text: string, token: string): string {
  const line = text
    .replaceAll(token, '***')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line;
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
