import type { Cluster, ClusterRole } from '../../model/platform/cluster';
import { isSince, type PhaseId } from '../../model/platform/phase';
import { planSteps, type PlannedStep } from './plan';

/** One step of one cluster. */
export interface Leg extends PlannedStep {
  readonly cluster: string;
}

/** What fails smallest goes first. */
const ORDER: Readonly<Record<ClusterRole, number>> = { laptop: 0, edge: 1, standby: 2, full: 3 };

/**
 * The steps of several clusters to their last phase, phase by phase: edge and standby before the full region. A cluster
 * that runs nothing yet comes after the full regions instead: a standby has nothing to follow, and an edge site nobody to
 * send to, before the region is at their phase (docs/regions.md).
 *
 * @param pins phase of each cluster; one that is not there is at `none`.
 */
export function planAll(
  clusters: readonly Cluster[],
  pins: ReadonlyMap<string, PhaseId | 'none'>,
  rendered: readonly PhaseId[],
): Leg[] {
  const last = rendered.at(-1);
  if (last === undefined) return [];
  const pinOf = ({ name }: Cluster): PhaseId | 'none' => pins.get(name) ?? 'none';
  const rank = (cluster: Cluster): number =>
    ORDER[cluster.role] + (pinOf(cluster) === 'none' && cluster.role !== 'full' ? 10 : 0);
  const ordered = clusters
    .filter(({ since }) => isSince(since, last))
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  const legs = ordered.flatMap((cluster) =>
    planSteps(cluster, pinOf(cluster), last, rendered).map((step) => ({ cluster: cluster.name, ...step })),
  );
  return rendered.flatMap((phase) => legs.filter(({ to }) => to === phase));
}
