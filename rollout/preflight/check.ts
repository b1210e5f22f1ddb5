import type { KubeObject } from '../../model/kube-object';
import type { PhaseId } from '../../model/platform/phase';
import type { LiveCluster } from '../cluster/live-cluster';
import type { Site } from '../cluster/site';

/** What a preflight looks at. */
export interface Situation {
  readonly live: LiveCluster;
  readonly site: Site;
  /** The phase that the cluster is to reach. */
  readonly phase: PhaseId;
  /** Objects that Git holds for that phase. */
  readonly desired: readonly KubeObject[];
  /** Objects that a person applies: projects, the root application. */
  readonly bootstrap: readonly KubeObject[];
}

/** Something that preflight has found. */
export interface Finding {
  /** `problem`: the step would fail or do harm, so it is not made. `warning`: a person should know. */
  readonly level: 'problem' | 'warning';
  readonly what: string;
  /** Commands, or a sentence where no command does it. In this order. */
  readonly remedy: readonly string[];
  /** Nothing else is worth asking: the answers would be about somebody else's cluster, or there are none. */
  readonly final?: true;
}

/** One question that preflight asks. */
export interface Check {
  /** Names it in JSON. */
  readonly id: string;
  /** What is so where nothing is found: `the context leads to the right cluster`. */
  readonly title: string;
  readonly look: (situation: Situation) => Promise<readonly Finding[]>;
}

/** A finding that stops a step. */
export function problem(what: string, ...remedy: readonly string[]): Finding {
  return { level: 'problem', what, remedy };
}

/** A finding that a person should know. */
export function warning(what: string, ...remedy: readonly string[]): Finding {
  return { level: 'warning', what, remedy };
}

/** kubectl for this cluster, as a person would type it. */
export function kubectl({ live }: Pick<Situation, 'live'>, namespace?: string): string {
  return `kubectl --context ${live.context}${namespace === undefined ? '' : ` -n ${namespace}`}`;
}
