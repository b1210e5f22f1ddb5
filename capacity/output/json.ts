import { referenceTo } from '../../model/kube-object';
import type { Capacity } from '../capacity';

/** One set as `docs/capacity.md` documents it; bigints are left to the writer. */
export function capacityJson(
  name: string,
  cell: { readonly phase: string; readonly cluster: string } | undefined,
  { workloads, addons, totals, quotas, placed, problems }: Capacity,
): Record<string, unknown> {
  return {
    set: name,
    phase: cell?.phase ?? null,
    cluster: cell?.cluster ?? null,
    totals,
    workloads: workloads.map(({ object, role, onePod, moments }) => ({
      object: referenceTo(object),
      role,
      onePod,
      ...moments,
    })),
    addons,
    quotas,
    pools: placed?.pools ?? [],
    scales: placed ? Object.values(placed.scales) : [],
    rollouts: placed?.rollouts ?? [],
    losses: placed?.losses ?? [],
    problems,
  };
}
