import { isSince, type PhaseId } from '../model/platform/phase';
import type { Workload } from '../model/platform/workload';
import type { k8s } from './k8s';
import type { Site } from './site';

/** The phase from which pods with personal data are tied to their region; it restarts them once. */
const SINCE: PhaseId = 'phase-3';

/**
 * Adds the cluster's own region, whose place the record of processing names, to what a node must have. A cluster has one
 * region today; the rule is for the node that somebody adds in another one tomorrow. Not the other regions of the
 * platform too: adding one would restart the pods of all.
 */
export function withResidency(site: Site, workload: Workload, affinity: k8s.NodeAffinity): k8s.NodeAffinity {
  const { dataClass } = workload;
  if (!isSince(SINCE, site.phase) || (dataClass !== 'personal' && dataClass !== 'special')) return affinity;
  const isInAllowedRegion: k8s.NodeSelectorRequirement = {
    key: 'topology.kubernetes.io/region',
    operator: 'In',
    values: [site.cluster.region],
  };
  const required = affinity.requiredDuringSchedulingIgnoredDuringExecution;
  return {
    ...affinity,
    requiredDuringSchedulingIgnoredDuringExecution: {
      // Terms are alternatives, so each of them has to say it.
      nodeSelectorTerms: (required?.nodeSelectorTerms ?? [{}]).map((term) => ({
        ...term,
        matchExpressions: [...(term.matchExpressions ?? []), isInAllowedRegion],
      })),
    },
  };
}
