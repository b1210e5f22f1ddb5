import type { PhaseId } from '../model/platform/phase';
import type { ArgoCd } from './argocd';
import type { Fork } from './fork';
import type { Kubectl } from './kubectl';

/** What a scenario plays on: a cluster with the platform up and healthy, and the fork it follows. */
export interface Stage {
  readonly kubectl: Kubectl;
  readonly argocd: ArgoCd;
  readonly fork: Fork;
  /** Name of the cluster in `platform/clusters.ts`. */
  readonly cluster: string;
  /** Whether it is the user's cluster, which need not serve the kinds of every cloud and operator. */
  readonly own: boolean;
  /** The first phase that the cluster takes part in: where the stage begins. */
  readonly phase: PhaseId;
  /** Which of the runs that were asked for, from 1. */
  readonly run: number;
  /** Namespace of the workloads. */
  readonly namespace: string;
}

/** One promise: a name that says it, and what shows it. It leaves the stage healthy at a new commit. */
export interface Scenario {
  readonly name: string;
  readonly play: (stage: Stage) => Promise<void>;
  /** Takes five minutes or more: played where it is asked for by name, and in the full run. */
  readonly isLong?: boolean;
  /** How often the full run plays it, on the same control plane; once, where nothing else is said. */
  readonly timesInFull?: number;
  /** Needs a control plane of its own. */
  readonly alone?: {
    /** Whether the platform is brought up before. */
    readonly bootstrapped: boolean;
  };
}

/** Folder of a layer of the pinned phase. */
export function layerFolder({ cluster, phase }: Stage, layer: string): string {
  return `dist/${phase}/${cluster}/${layer}`;
}
