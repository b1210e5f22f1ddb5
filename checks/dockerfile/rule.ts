import type { Instruction } from 'dockerfile-ast';
import type { Problem } from '../../model/platform/problems';
import type { DockerfileSource } from './dockerfile';

/** What a rule has to say of a Dockerfile. */
export interface Complaint {
  /** The instruction it is about; undefined where the file as a whole lacks something. */
  readonly at: Instruction | undefined;
  readonly message: string;
  readonly fix: string;
}

/** One thing that every Dockerfile here keeps to. */
export interface Rule {
  /** Name in messages, kebab-case. */
  readonly id: string;
  /** Why it is a rule, in one sentence. */
  readonly why: string;
  readonly check: (dockerfile: DockerfileSource) => readonly Complaint[];
}

/** A complaint with its place in a file; `formatProblem` prints it. */
export interface Finding extends Problem {
  readonly rule: string;
}
