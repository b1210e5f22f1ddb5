import { SCALES, type ScaleName } from '../model/scales';
import type { Placed } from './placed';
import type { QuotaUse } from './quota';
import type { OwnerPods } from './scale-answer';

/** Something that must fit and does not. */
export interface CapacityProblem {
  readonly scale: ScaleName;
  readonly message: string;
  readonly fix: string;
}

/** Everything that makes the answer a no. The same reason at a larger scale is not said twice. */
export function problemsOf(placed: Placed | undefined, quotas: readonly QuotaUse[]): CapacityProblem[] {
  return [...quotas.flatMap(quotaProblems), ...(placed ? [...overdrawn(placed), ...placementProblems(placed)] : [])];
}

function placementProblems({ scales }: Placed): CapacityProblem[] {
  const first = SCALES.find((scale) => scales[scale].placement.answer !== 'exists');
  return SCALES.filter((scale) => scale === first || (scale === 'maximum' && first !== undefined)).flatMap((scale) => {
    const { answer, because, pending, fitsWithout } = scales[scale].placement;
    if (answer === 'exists') return [];
    const left = pending.length === 0 ? '' : `; left over, the highest priority placed first: ${listOf(pending)}`;
    const verdict = answer === 'impossible' ? 'not all pods that must run can be placed' : 'no placement was found';
    return {
      scale,
      message: `${verdict}: ${because ?? ''}${left}`,
      fix: fixOf(fitsWithout),
    };
  });
}

function fixOf(fitsWithout: readonly OwnerPods[]): string {
  const advice = 'add a node, lower a request, or lower a maximum';
  if (fitsWithout.length === 0) return advice;
  const few = fitsWithout.slice(0, 3).map(({ owner, pods }) => `${pods} fewer of ${owner}`);
  return `${advice}; the rest fits with ${few.join(', or with ')}`;
}

/** `2 of Deployment aia/api, 1 of Job aia/batch`. */
export function listOf(pods: readonly OwnerPods[]): string {
  return pods.map(({ owner, pods: count }) => `${count} of ${owner}`).join(', ');
}

function overdrawn({ scales, nodes }: Placed): CapacityProblem[] {
  return scales.minimum.nodes.flatMap(({ name, requested }, at) => {
    const there = nodes[at]?.allocatable;
    if (!there || (requested.cpuMillicores <= there.cpuMillicores && requested.memoryBytes <= there.memoryBytes))
      return [];
    return {
      scale: 'minimum' as const,
      message: `the DaemonSets alone ask for more than node ${name} has`,
      fix: 'lower their requests, or use larger machines',
    };
  });
}

function quotaProblems({ namespace, quota, resource, hard, used }: QuotaUse): CapacityProblem[] {
  const scale = SCALES.find((name) => used[name] > hard);
  if (scale === undefined) return [];
  return [
    {
      scale,
      message: `ResourceQuota ${namespace}/${quota} refuses pods: ${resource} is ${quotaText(resource, used[scale])}, and ${quotaText(resource, hard)} is allowed`,
      fix: 'raise the quota, or lower what the workloads ask for',
    },
  ];
}

function quotaText(resource: string, amount: bigint): string {
  if (resource === 'pods') return String(amount);
  return resource === 'requests.cpu'
    ? `${(Number(amount) / 1000).toFixed(2)} cores`
    : `${(Number(amount) / 1024 ** 3).toFixed(2)} GiB`;
}
