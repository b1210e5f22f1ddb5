import type { PhaseId } from '../../model/platform/phase';
import { CannotRollOut } from '../problem';
import { BranchMoved, type BranchClone } from './branch-clone';
import type { BranchTools } from './branch-tools';
import { withPin } from './pins';
import { commitMessage, type StepName } from './trailers';

/** One step of a rollout: one cluster, one phase further or back. */
export interface Step {
  readonly rollout: string;
  readonly cluster: string;
  readonly from: PhaseId | 'none';
  readonly to: PhaseId;
}

export const PINS = 'platform/clusters.yaml';

/** How often a push is made again after the branch has moved. */
const TRIES = 5;

/** Name of a step in its commit. */
export function stepName({ from, to }: Step): StepName {
  return `${from}..${to}`;
}

/**
 * Makes the commit of a step in the clone, from the newest commit of the branch: moves the pin, renders, and lets the
 * branch's own checks look at it. Nothing is pushed.
 *
 * @throws CannotRollOut where the branch is not what its data renders, the pin has moved, or a check objects.
 */
export async function commitStep(clone: BranchClone, step: Step, tools: BranchTools): Promise<string> {
  await clone.catchUp();
  const stale = await tools.stale(clone.root);
  if (stale !== '') {
    throw new CannotRollOut(
      `the branch holds other files than its data renders, and a promotion must not bring those too:\n${stale}`,
      'npm start on the branch, review and merge what changes, then run again',
    );
  }
  clone.write(PINS, withPin(clone.read(PINS), step.cluster, step.to));
  await tools.render(clone.root);
  const objections = await tools.objections(clone.root, step);
  if (objections.length > 0) {
    const said = objections.map(({ command, output }) => `${command}:\n${output}`).join('\n');
    await clone.catchUp();
    throw new CannotRollOut(`the step is not committed, since checks object:\n${said}`, 'correct it on the branch');
  }
  const subject = `${step.cluster}: ${step.from === 'none' ? 'begin with' : `${step.from} to`} ${step.to}`;
  const commit = await clone.commit(
    commitMessage(subject, '', { rollout: step.rollout, step: stepName(step), cluster: step.cluster }),
  );
  if (commit === undefined)
    throw new CannotRollOut(
      `${step.cluster} is pinned to ${step.to} on the branch already`,
      'aia status shows where it is',
    );
  return commit;
}

/**
 * Makes a commit and pushes it, and does both again where the branch has moved meanwhile.
 *
 * @param make makes the commit from the newest state of the branch; undefined where there is nothing to commit.
 */
export async function publish(
  clone: BranchClone,
  make: () => Promise<string | undefined>,
): Promise<string | undefined> {
  for (let attempt = 1; ; attempt++) {
    const commit = await make();
    if (commit === undefined) return undefined;
    try {
      await clone.push();
      return commit;
    } catch (error) {
      if (!(error instanceof BranchMoved)) throw error;
      if (attempt < TRIES) continue;
      throw new CannotRollOut(
        `the branch has moved ${TRIES} times while a commit was made for it; nothing of it was pushed`,
        'run again when fewer people push',
      );
    }
  }
}
