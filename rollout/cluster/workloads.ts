import type { KubeObject } from '../../model/kube-object';
import { field, listField, numberField, textField } from './field';

/** A workload of the platform as it runs. */
export interface WorkloadState {
  readonly kind: string;
  readonly name: string;
  /** Pods that should run: what the live object says, or Git where it is not there. */
  readonly desired: number;
  readonly available: number;
  /** Pods of the newest version. */
  readonly updated: number;
  /** Pods of older versions that still run. */
  readonly old: number;
  /** Whether all pods are of the newest version; they need not be ready. */
  readonly complete: boolean;
  /** Why Kubernetes has given up on the newest version, in its own words. */
  readonly stuck?: string;
}

/** Kinds whose replicas are counted. */
export const COUNTED = ['Deployment', 'StatefulSet'] as const;

/**
 * The state of every workload that Git wants, in the order of their names.
 *
 * @param desired objects that Git holds for the phase.
 * @param live Deployments and StatefulSets of the namespace.
 */
export function workloadStates(desired: readonly KubeObject[], live: readonly KubeObject[]): WorkloadState[] {
  return desired
    .filter(({ kind }) => (COUNTED as readonly string[]).includes(kind))
    .map((wanted) => {
      const found = live.find(({ kind, metadata }) => kind === wanted.kind && metadata.name === wanted.metadata.name);
      return stateOf(wanted, found);
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function stateOf(wanted: KubeObject, live: KubeObject | undefined): WorkloadState {
  const { kind } = wanted;
  const { name } = wanted.metadata;
  const inGit = numberField(wanted, 'spec', 'replicas') ?? 1;
  if (live === undefined) return { kind, name, desired: inGit, available: 0, updated: 0, old: 0, complete: false };
  const status = (key: string): number => numberField(live, 'status', key) ?? 0;
  const desired = numberField(live, 'spec', 'replicas') ?? 1;
  const observed = status('observedGeneration') >= (numberField(live, 'metadata', 'generation') ?? 0);
  const updated = kind === 'Deployment' ? status('updatedReplicas') : updatedOf(live);
  const old = Math.max(0, status('replicas') - updated);
  // What it says of an older generation is about pods that are being replaced.
  const stuck = observed ? stuckOf(live) : undefined;
  return {
    kind,
    name,
    desired,
    // A pod that surges is available too, but no reason to call a service healthier than whole.
    available: Math.min(desired, status('availableReplicas')),
    updated,
    old,
    complete: observed && old === 0 && updated >= desired,
    ...(stuck === undefined ? {} : { stuck }),
  };
}

/** A StatefulSet that is done has equal revisions, and then forgets how many pods it had updated. */
function updatedOf(live: KubeObject): number {
  const revisions = [field(live, 'status', 'currentRevision'), field(live, 'status', 'updateRevision')];
  const counter = revisions[0] === revisions[1] ? 'replicas' : 'updatedReplicas';
  return numberField(live, 'status', counter) ?? 0;
}

function stuckOf(live: KubeObject): string | undefined {
  const condition = listField(live, 'status', 'conditions').find(
    (entry) => field(entry, 'type') === 'Progressing' && field(entry, 'status') === 'False',
  );
  if (condition === undefined) return undefined;
  return [textField(condition, 'reason'), textField(condition, 'message')].filter(Boolean).join(': ');
}
