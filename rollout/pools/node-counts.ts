import type { KubeObject } from '../../model/kube-object';
import { poolStepScript } from '../../model/platform/infrastructure';
import { atPhase, PHASE_IDS, type PhaseId } from '../../model/platform/phase';
import { field, listField } from '../cluster/field';
import type { Site } from '../cluster/site';

/** Nodes that the data places alike: the same pool label and the same value of the spread label. */
export interface NodeGroup {
  /** Selector of its nodes: `aia.io/pool=ml-spot,aia.io/capacity-spread=2`. */
  readonly selector: string;
  readonly wanted: number;
  readonly found: number;
}

/** Nodes by selector that a cluster has in a phase; empty where it takes no part. */
function wantedNodes({ cluster, platform }: Site, phase: PhaseId): Map<string, number> {
  const { labelDomain } = platform.settings;
  const counts = new Map<string, number>();
  for (const { label, capacitySpread, zones, nodesPerZone } of atPhase(cluster.pools, phase) ?? []) {
    const selector = `${labelDomain}/pool=${label},${labelDomain}/capacity-spread=${capacitySpread}`;
    counts.set(selector, (counts.get(selector) ?? 0) + zones.length * nodesPerZone);
  }
  return counts;
}

/**
 * Groups that `to` has more of than `from`, with too few nodes that are ready and open to pods. A group that both phases
 * have alike is not asked about: a node lost there is no reason to wait for a person with gcloud.
 */
export function missingNodes(site: Site, from: PhaseId, to: PhaseId, nodes: readonly KubeObject[]): NodeGroup[] {
  const before = wantedNodes(site, from);
  return [...wantedNodes(site, to)].flatMap(([selector, wanted]) => {
    if (wanted <= (before.get(selector) ?? 0)) return [];
    const found = nodes.filter((node) => matches(node, selector) && takesPods(node)).length;
    return found < wanted ? [{ selector, wanted, found }] : [];
  });
}

/**
 * Groups of other phases of which the cluster still has more nodes than `phase` wants. Every other phase is asked, not
 * only the last one: a rollout that was killed before the drain must still find what it has left.
 */
export function surplusNodes(site: Site, phase: PhaseId, nodes: readonly KubeObject[]): NodeGroup[] {
  const here = wantedNodes(site, phase);
  const others = PHASE_IDS.filter((id) => id !== phase).flatMap((id) => [...wantedNodes(site, id)]);
  const exchanged = new Set(
    others.filter(([selector, count]) => count > (here.get(selector) ?? 0)).map(([key]) => key),
  );
  return [...exchanged].flatMap((selector) => {
    const wanted = here.get(selector) ?? 0;
    const found = nodes.filter((node) => matches(node, selector)).length;
    return found > wanted ? [{ selector, wanted, found }] : [];
  });
}

/** Whether a step exchanges nodes, so that some must be there before it. */
export function changesPools(site: Site, from: PhaseId | 'none', to: PhaseId): boolean {
  return from !== 'none' && missingNodes(site, from, to, []).length > 0;
}

/**
 * The script of infra/ that brings the cluster to the nodes of a phase: the one of the border nearest to the phase, from
 * either side. Undefined where no border has one, or the cluster is not built as GKE.
 */
export function poolScript(site: Site, to: PhaseId, selector: string): string | undefined {
  if (site.cluster.build?.kind !== 'gke') return undefined;
  const at = (phase: PhaseId | undefined): number =>
    phase === undefined ? 0 : (wantedNodes(site, phase).get(selector) ?? 0);
  const end = PHASE_IDS.indexOf(to);
  const steps = [1, -1].flatMap((side) =>
    PHASE_IDS.flatMap((_, distance) => {
      const near = PHASE_IDS[end + side * distance];
      const far = PHASE_IDS[end + side * (distance + 1)];
      return near !== undefined && far !== undefined && at(near) !== at(far)
        ? [{ distance, script: poolStepScript(site.cluster.name, far, near) }]
        : [];
    }),
  );
  return steps.sort((a, b) => a.distance - b.distance)[0]?.script;
}

function matches({ metadata }: KubeObject, selector: string): boolean {
  return selector.split(',').every((part) => {
    const [key = '', value] = part.split('=');
    return metadata.labels?.[key] === value;
  });
}

function takesPods(node: KubeObject): boolean {
  const ready = listField(node, 'status', 'conditions').some(
    (entry) => field(entry, 'type') === 'Ready' && field(entry, 'status') === 'True',
  );
  return ready && field(node, 'spec', 'unschedulable') !== true;
}
