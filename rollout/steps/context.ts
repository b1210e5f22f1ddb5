import type { Clock } from '../clock';
import type { LiveCluster } from '../cluster/live-cluster';
import type { Site } from '../cluster/site';
import type { BranchClone } from '../git/branch-clone';
import type { BranchTools } from '../git/branch-tools';
import type { Progress } from '../progress';

/** How commits get onto the branch. */
export type Via = 'push' | 'pr';

/** Everything that a step is made with. */
export interface StepContext {
  readonly live: LiveCluster;
  readonly site: Site;
  readonly clone: BranchClone;
  readonly tools: BranchTools;
  readonly via: Via;
  /** Address of a Prometheus, where its figures are to count. */
  readonly prometheus: string | undefined;
  readonly clock: Clock;
  readonly progress: Progress;
  /** Aborted where the user, or a lost Lease, ends the step. */
  readonly stop: AbortSignal;
}
