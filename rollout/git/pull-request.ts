import { CannotRollOut } from '../problem';
import { endOf } from '../program';
import { BranchMoved, type BranchClone } from './branch-clone';

/** A pull request that somebody must merge. */
export interface PullRequest {
  readonly branch: string;
  /** Where it is; undefined where a person must open it. */
  readonly url?: string;
  /** What a person has to do now. */
  readonly todo: string;
}

/**
 * Pushes HEAD to a branch of its own and opens a pull request by `gh`, where that is installed and logged in. Otherwise
 * it says what to open by hand.
 *
 * @param subject becomes its title.
 */
export async function openPullRequest(
  clone: BranchClone,
  branch: string,
  subject: string,
  body: string,
): Promise<PullRequest> {
  const base = clone.remote.branch;
  const who = `somebody who may merge to ${base} (CODEOWNERS names them) must merge it`;
  try {
    await clone.push(branch);
  } catch (error) {
    if (!(error instanceof BranchMoved)) throw error;
    return { branch, todo: `the branch ${branch} is there already, from an earlier run: ${who}` };
  }
  const byHand = `open a pull request from ${branch} to ${base} with the title "${subject}": ${who}`;
  const created = await endOf(
    'gh',
    ['pr', 'create', '--head', branch, '--base', base, '--title', subject, '--body', body],
    clone.root,
  ).catch((error: unknown) => {
    if (error instanceof CannotRollOut) return undefined;
    throw error;
  });
  if (created === undefined) return { branch, todo: `gh is not installed: ${byHand}` };
  if (created.code !== 0) return { branch, todo: `gh says "${created.stderr.trim().split('\n')[0] ?? ''}": ${byHand}` };
  const url = created.stdout.trim().split('\n').at(-1) ?? '';
  return { branch, url, todo: `${url}: ${who}` };
}
