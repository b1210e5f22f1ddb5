/** What is known of an answer that was no success. */
export interface Failed {
  /** HTTP status; 500 where no answer came. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly message: string;
}

/** Without any header, a secondary limit is to be waited out for at least a minute. */
const LIMITED_SECONDS = 60;

/**
 * True where the answer means "later": 429, or 403 with a sign of a rate limit. Any other 403 means "never".
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api "Exceeding the rate limit", read
 *   in November 2026
 */
export function isRateLimited({ status, headers, message }: Failed): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers['retry-after'] !== undefined ||
    String(headers['x-ratelimit-remaining']) === '0' ||
    /\brate limit\b/i.test(message)
  );
}

/**
 * Seconds to wait before the next try, as the API's documentation wants it: `retry-after`, else until
 * `x-ratelimit-reset` where nothing remains, else a minute that doubles. Server errors: 1, 4, 9 seconds.
 *
 * @param attempt 1 for the first one that failed
 * @param now in milliseconds since 1970
 * @returns undefined where another try is no use
 */
export function secondsToWait(failed: Failed, attempt: number, now: number): number | undefined {
  const { status, headers } = failed;
  const limited = isRateLimited(failed);
  if (!limited && status < 500) return undefined;
  const asked = retryAfter(headers['retry-after'], now);
  if (asked !== undefined) return asked;
  if (!limited) return attempt ** 2;
  const reset = Number(headers['x-ratelimit-reset']);
  if (String(headers['x-ratelimit-remaining']) === '0' && Number.isFinite(reset))
    return Math.max(0, Math.ceil(reset - now / 1000));
  return LIMITED_SECONDS * 2 ** (attempt - 1);
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfter(value: string | number | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(String(value))) return Number(value);
  const date = Date.parse(String(value));
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
