import type { BranchClone, Commit } from './branch-clone';
import { readTrailers, type Trailers } from './trailers';

/** The commit of a rollout with what its trailers say. */
export interface StepCommit extends Commit {
  readonly trailers: Trailers;
}

/** How far back a step is looked for: years of promotions, read in milliseconds. */
const HISTORY = 5000;

/** The newest commit that a rollout made for a cluster: a step or a back-out; undefined where there is none. */
export async function lastStep(clone: BranchClone, cluster: string): Promise<StepCommit | undefined> {
  return (await stepsOf(clone, cluster, 1))[0];
}

/** The newest commits that rollouts made for a cluster, newest first. */
export async function stepsOf(clone: BranchClone, cluster: string, limit: number): Promise<StepCommit[]> {
  const found: StepCommit[] = [];
  for (const commit of await clone.history(HISTORY)) {
    const trailers = readTrailers(commit.message);
    if (trailers?.cluster === cluster) found.push({ ...commit, trailers });
    if (found.length === limit) break;
  }
  return found;
}
