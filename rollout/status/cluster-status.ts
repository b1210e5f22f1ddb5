import type { KubeObject } from '../../model/kube-object';
import type { PhaseId } from '../../model/platform/phase';
import type { LiveCluster } from '../cluster/live-cluster';
import { layerName, rootName, type Site } from '../cluster/site';
import { takeSample, type Sample } from '../gates/sample';
import { healthOf, judge, type GateValue } from '../gates/verdict';
import type { StepCommit } from '../git/last-step';
import { closedWindow } from '../steps/window';

/** One cluster as `aia status` shows it. */
export interface ClusterStatus {
  readonly cluster: string;
  /** Phase on the branch. */
  readonly pinned: PhaseId | 'none';
  /** Context by which it was looked at; undefined where none is known, and then nothing below is. */
  readonly context?: string;
  /** Phase that Argo CD has brought. */
  readonly running?: string;
  /** Share of the desired pods that are available now, 0 to 1. */
  readonly health?: number;
  readonly available?: number;
  readonly desired?: number;
  readonly sync?: string;
  readonly gate?: readonly GateValue[];
  /** USD a month at the minimum and at the maximum. */
  readonly cost?: { readonly min: number; readonly max: number };
  /** Phase that comes next; undefined where it is at the last one. */
  readonly next?: PhaseId;
  /** What holds the next step back; empty where nothing does. */
  readonly heldBackBy: readonly string[];
  /** The last commit that a rollout has made for it. */
  readonly lastStep?: string;
}

/** What is known of a cluster without looking at it. */
export interface Known {
  readonly site: Site;
  readonly pinned: PhaseId | 'none';
  readonly rendered: readonly PhaseId[];
  readonly desired: readonly KubeObject[];
  readonly lastStep: StepCommit | undefined;
  readonly cost?: { readonly min: number; readonly max: number };
}

/**
 * Looks at one cluster.
 *
 * @param live undefined where no context is known that leads to it.
 */
export async function clusterStatus(known: Known, live: LiveCluster | undefined, now: number): Promise<ClusterStatus> {
  const { site, pinned, lastStep, cost } = known;
  const next = nextPhase(known);
  const base = {
    cluster: site.cluster.name,
    pinned,
    ...(next === undefined ? {} : { next }),
    ...(cost === undefined ? {} : { cost }),
    ...(lastStep === undefined ? {} : { lastStep: `${lastStep.trailers.step} (${lastStep.sha.slice(0, 12)})` }),
  };
  if (live === undefined) {
    return {
      ...base,
      heldBackBy: pinned === 'none' ? [] : ['no context leads to it: --context CLUSTER=CONTEXT names one'],
    };
  }
  if (pinned === 'none') return { ...base, context: live.context, heldBackBy: [] };
  const sample = await takeSample(live, site, known.desired);
  const gate = judge(site.platform.gates.phases[pinned], [sample]);
  const [available, desired] = [sum(sample, 'available'), sum(sample, 'desired')];
  return {
    ...base,
    context: live.context,
    running: runningPhase(sample, site),
    health: healthOf(sample),
    available,
    desired,
    sync: syncText(sample, site),
    gate: gate.values,
    heldBackBy: [
      ...gate.values.filter(({ ok }) => !ok).map(({ name, value, wanted }) => `${name} ${value}, ${wanted}`),
      ...(next === undefined ? [] : [closedWindow(site.platform.schedule, now) ?? []].flat()),
    ],
  };
}

function nextPhase({ site, pinned, rendered }: Known): PhaseId | undefined {
  const phases = rendered.filter((phase) => phase >= site.cluster.since);
  return pinned === 'none' ? phases[0] : phases[phases.indexOf(pinned) + 1];
}

function runningPhase({ applications }: Sample, site: Site): string {
  const layer = applications.find(({ name }) => name === layerName(site, 'workloads'));
  return /^dist\/([^/]+)\//.exec(layer?.comparedPath ?? '')?.[1] ?? 'nothing';
}

/** The worst of the applications, with how many are not in order. */
function syncText({ applications }: Sample, site: Site): string {
  if (!applications.some(({ name }) => name === rootName(site))) return 'no root application';
  const bad = applications.filter(({ sync, health }) => sync !== 'Synced' || health !== 'Healthy');
  const first = bad[0];
  if (first === undefined) return `${applications.length} Synced, Healthy`;
  return `${first.name} ${first.sync}, ${first.health}${bad.length > 1 ? ` and ${bad.length - 1} more` : ''}`;
}

function sum({ workloads }: Sample, key: 'available' | 'desired'): number {
  return workloads.reduce((total, workload) => total + workload[key], 0);
}
