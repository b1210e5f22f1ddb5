import type { Autoscaling } from '../model/platform/autoscaling';
import type { Cluster } from '../model/platform/cluster';
import { atPhase, type PhaseId } from '../model/platform/phase';
import { replicasOf, scalingOf } from '../model/platform/replicas';
import type { Workload } from '../model/platform/workload';

export const WORKLOAD_COLUMNS = ['Workload', 'Pods', 'Scales on', 'Requests', 'Limits', 'Pools', 'Spread'] as const;

/** One workload as a row of the phase's table. */
export function workloadRow(workload: Workload, cluster: Cluster, phase: PhaseId): string[] {
  const amounts = workload.containers.flatMap((container) => atPhase(container.resources, phase) ?? []);
  const list = (which: 'requests' | 'limits'): string =>
    amounts.map((entry) => `${entry[which].cpu}, ${entry[which].memory}`).join(' + ');
  return [
    `\`${workload.name}\``,
    pods(workload, cluster, phase),
    scalesOn(workload, cluster, phase),
    list('requests'),
    list('limits'),
    (atPhase(workload.pools, phase) ?? []).join(', '),
    workload.spread
      .map(({ topologyKey, strictness }) => `${topologyKey.split('/')[1] ?? topologyKey} (${strictness})`)
      .join(', '),
  ];
}

function pods(workload: Workload, cluster: Cluster, phase: PhaseId): string {
  if (workload.kind === 'CronJob') return `0–${workload.parallelism}, at ${workload.schedule}`;
  const minimum = replicasOf(workload, cluster, phase);
  const { horizontal } = scalingOf(workload, cluster, phase);
  return horizontal === undefined ? String(minimum) : `${minimum}–${horizontal.maxReplicas}`;
}

function scalesOn(workload: Workload, cluster: Cluster, phase: PhaseId): string {
  if (workload.kind === 'CronJob') return '–';
  const { horizontal, vertical } = scalingOf(workload, cluster, phase);
  const parts = horizontal === undefined ? [] : horizontalParts(horizontal);
  if (vertical?.mode === 'Initial')
    parts.push(`memory request ${vertical.minAllowed.memory}–${vertical.maxAllowed.memory} at start`);
  return parts.length === 0 ? '–' : parts.join(', ');
}

function horizontalParts(autoscaling: Autoscaling): string[] {
  const parts = [`CPU ${autoscaling.cpu.averageUtilization} %`];
  if (autoscaling.kind === 'HorizontalPodAutoscaler') return parts;
  parts.push(...autoscaling.prometheus.map(({ name, threshold }) => `${name} ${threshold}`));
  if (autoscaling.peakReplicas !== undefined) parts.push(`at least ${autoscaling.peakReplicas} through the peak`);
  return parts;
}
