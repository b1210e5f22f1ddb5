import { parse } from 'yaml';
import type { PhaseId } from '../../model/platform/phase';
import { field } from '../cluster/field';
import { PINS, publish } from '../git/publish-step';
import { openPullRequest } from '../git/pull-request';
import { CannotRollOut } from '../problem';
import type { StepContext } from './context';

/** How often the branch is looked at while somebody has to merge. */
const MERGE_LOOK_MS = 5000;

/** What a commit is for: the pin that it moves, and the name of its pull request's branch. */
export interface Publication {
  readonly branch: string;
  readonly subject: string;
  readonly body: string;
  /** The pin of the cluster once the commit is on the branch. */
  readonly pin: PhaseId | 'none';
}

/**
 * Brings a commit onto the branch: by a push, or by a pull request that somebody merges meanwhile.
 *
 * @param make makes the commit in the clone from the newest state of the branch.
 * @returns the commit of the branch that has it; undefined where there is nothing to commit, or the user stopped while
 *   nobody had merged.
 */
export async function bringToBranch(
  context: StepContext,
  publication: Publication,
  make: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const { clone, via, progress } = context;
  if (via === 'push') {
    const commit = await publish(clone, make);
    if (commit !== undefined)
      progress.say(`pushed ${commit.slice(0, 12)} to ${clone.remote.branch}: ${publication.subject}`);
    return commit;
  }
  if ((await make()) === undefined) return undefined;
  const { todo } = await openPullRequest(clone, publication.branch, publication.subject, publication.body);
  progress.say(todo);
  return untilMerged(context, publication);
}

async function untilMerged(context: StepContext, { branch, pin }: Publication): Promise<string | undefined> {
  const { clone, clock, progress, site, stop } = context;
  const begin = clock.now();
  for (;;) {
    const head = await clone.fetch();
    if ((await pinOnBranch(context)) === pin) {
      await clone.catchUp();
      progress.say(`merged: ${clone.remote.branch} pins ${site.cluster.name} to ${pin} at ${head.slice(0, 12)}`);
      return head;
    }
    if (stop.aborted) return undefined;
    progress.waiting(`${branch} to be merged to ${clone.remote.branch}`, clock.now() - begin, undefined);
    await clock.sleep(MERGE_LOOK_MS, stop);
  }
}

/** The pin of the cluster on the newest fetched commit of the branch. */
export async function pinOnBranch({ clone, site }: Pick<StepContext, 'clone' | 'site'>): Promise<string> {
  const pin = field(parse(await clone.show(PINS)), 'clusters', site.cluster.name, 'phase');
  if (typeof pin === 'string') return pin;
  throw new CannotRollOut(`${PINS} of the branch has no pin for ${site.cluster.name}`, 'add it there');
}
