import { hasMarker } from './comment-body';
import { PullRequestError, UncertainError } from './problems';
import type { Comment, Thread } from './thread';

/** A comment whose fate is unknown is looked for, and sent again where it is not there, so many times. */
const TRIES = 3;

/** What became of the comment. */
export interface Kept {
  readonly done: 'created' | 'updated' | 'unchanged';
  readonly url: string;
  /** Older comments of the same marker that were deleted, and those that could not be. */
  readonly removed: number;
  readonly left: number;
}

/**
 * Sees to it that the pull request has one comment of this marker by this author, with this body.
 *
 * Two runs at once may each find none and write one. The next run keeps the newest and deletes the others, so the
 * thread heals by itself. Comments of others that begin with the marker are neither read nor touched.
 *
 * @param author login name of our comments; asked for where it is not given
 * @throws RefusedError, PullRequestError
 */
export async function keepOneComment(
  thread: Thread,
  { marker, body, author }: { readonly marker: string; readonly body: string; readonly author?: string },
): Promise<Kept> {
  const us = author ?? (await thread.whoami());
  for (let attempt = 1; ; attempt += 1) {
    const ours = (await thread.list())
      .filter((comment) => comment.author === us && hasMarker(comment.body, marker))
      .sort((one, other) => (one.id < other.id ? 1 : -1));
    const [newest, ...older] = ours;
    if (newest) return { ...(await bring(thread, newest, body)), ...(await removeAll(thread, older)) };
    try {
      return { done: 'created', url: (await thread.create(body)).url, removed: 0, left: 0 };
    } catch (error) {
      // A second POST would make a second comment where the first one arrived: look again instead.
      if (!(error instanceof UncertainError) || attempt >= TRIES) throw error;
    }
  }
}

async function bring(thread: Thread, comment: Comment, body: string): Promise<Pick<Kept, 'done' | 'url'>> {
  if (comment.body.replaceAll('\r\n', '\n') === body) return { done: 'unchanged', url: comment.url };
  return { done: 'updated', url: (await thread.update(comment.id, body)).url };
}

async function removeAll(thread: Thread, comments: readonly Comment[]): Promise<Pick<Kept, 'removed' | 'left'>> {
  let removed = 0;
  for (const { id } of comments) {
    try {
      await thread.remove(id);
      removed += 1;
    } catch (error) {
      // The comment that matters is there; an old one beside it is not worth a red check.
      if (!(error instanceof PullRequestError)) throw error;
    }
  }
  return { removed, left: comments.length - removed };
}
