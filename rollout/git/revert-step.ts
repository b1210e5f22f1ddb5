import type { BranchClone } from './branch-clone';
import type { BranchTools } from './branch-tools';
import { withPin } from './pins';
import { PINS, type Step } from './publish-step';
import { commitMessage } from './trailers';

/**
 * Makes the commit that takes a step back, from the newest commit of the branch: a revert, so that history shows what
 * happened. Where later commits stand in its way, the pin is moved back by hand; the rendered files are the same.
 *
 * @param sha the step's commit.
 * @param why one line for people.
 * @returns undefined where the branch has the old pin already.
 */
export async function commitRevert(
  clone: BranchClone,
  step: Step,
  sha: string,
  why: string,
  tools: BranchTools,
): Promise<string | undefined> {
  await clone.catchUp();
  if (!(await clone.revertInFolder(sha))) clone.write(PINS, withPin(clone.read(PINS), step.cluster, step.from));
  await tools.render(clone.root);
  const subject = `Revert "${step.cluster}: ${step.from} to ${step.to}"`;
  const body = `This reverts commit ${sha}.\n\n${why}`;
  return clone.commit(commitMessage(subject, body, { rollout: step.rollout, step: 'back-out', cluster: step.cluster }));
}
