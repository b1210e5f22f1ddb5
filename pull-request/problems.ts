/** Could not be done, with the reason and what to do, in words for whoever reads the log. */
export class PullRequestError extends Error {
  override readonly name: string = 'PullRequestError';
}

/** The token may not write here, as that of a pull request from a fork. The reason is the API's own. */
export class RefusedError extends PullRequestError {
  override readonly name = 'RefusedError';
}

/** A new comment was sent and the answer is lost or a server error: it may be there or not. */
export class UncertainError extends PullRequestError {
  override readonly name = 'UncertainError';
}
