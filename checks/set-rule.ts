import type { RuleInfo } from './rule';
import type { MemberReport } from './set/member';
import type { ObjectSet } from './set/object-set';
import type { PhaseStep, Tree } from './set/tree';

/** What the files themselves don't say. */
export interface Knowledge {
  /** Names of all series that something on the clusters exposes; undefined where nobody knows. */
  readonly metrics?: ReadonlySet<string> | undefined;
}

/** A rule on what runs together in one cluster. */
export interface SetRule extends RuleInfo {
  readonly checkSet: (set: ObjectSet, report: MemberReport, knowledge: Knowledge) => void;
}

/** A rule on two phases of a cluster that follow each other. */
export interface StepRule extends RuleInfo {
  readonly checkStep: (step: PhaseStep, report: MemberReport) => void;
}

/** A rule on all that was read: what Argo CD deploys from which folder. */
export interface TreeRule extends RuleInfo {
  readonly checkTree: (tree: Tree, report: MemberReport) => void;
}
