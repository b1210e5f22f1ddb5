import { kubectl, problem, type Check } from './check';

/** A context that leads elsewhere is the worst mistake there is, and the easiest. */
export const rightCluster: Check = {
  id: 'cluster',
  title: 'the context leads to the right cluster',
  look: async (situation) => {
    const { live, site } = situation;
    const { namespace, labelDomain } = site.platform.settings;
    const found = await live.find('v1', 'Namespace', namespace);
    // A new cluster has no namespace yet; Argo CD brings it.
    if (found === undefined) return [];
    const label = `${labelDomain}/cluster`;
    const value = found.metadata.labels?.[label];
    if (value === site.cluster.name) return [];
    if (value === undefined) {
      return [
        problem(
          `namespace ${namespace} does not say which cluster it is on (label ${label})`,
          `${kubectl(situation)} label namespace ${namespace} ${label}=${site.cluster.name}   # if ${live.server} is ${site.cluster.name}`,
        ),
      ];
    }
    const leads = problem(
      `context ${live.context} (${live.server}) leads to ${value}, not to ${site.cluster.name}`,
      `--cluster ${value} if you meant that one, or --context with the one of ${site.cluster.name}`,
    );
    return [{ ...leads, final: true }];
  },
};
