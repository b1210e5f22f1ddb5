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
  for (const commit of await clone.history(HISTORY)) {
    const trailers = readTrailers(commit.message);
    if (trailers?.cluster === cluster) return { ...commit, trailers };
  }
  return undefined;
}
