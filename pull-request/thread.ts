/** A comment, as far as it is needed to find ours again. */
export interface Comment {
  /** Grows with time: the newer of two has the higher one. */
  readonly id: number | bigint;
  /** Login name of who wrote it. */
  readonly author: string;
  readonly body: string;
  /** Address for people; empty where the API gives none. */
  readonly url: string;
}

/**
 * The comments of one pull request, on whichever host.
 *
 * All methods throw RefusedError where the token may not do that, and PullRequestError where it can't be done.
 */
export interface Thread {
  /** What people call it, such as `owner/name#12`. */
  readonly title: string;
  /** Login name that the token's comments carry. */
  whoami(): Promise<string>;
  list(): Promise<readonly Comment[]>;
  /** @throws UncertainError where nobody knows whether the comment is there now */
  create(body: string): Promise<Comment>;
  update(id: Comment['id'], body: string): Promise<Comment>;
  /** A comment that is gone already is no error. */
  remove(id: Comment['id']): Promise<void>;
}
