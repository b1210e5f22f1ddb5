import { at } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** A container without requests, or without a memory limit. A CPU limit is not asked for: it slows without need. */
export const missingResources: Rule = {
  id: 'missing-resources',
  title: 'containers request cpu and memory and limit memory',
  severity: 'warning',
  why: 'Without requests the scheduler counts the pod as nothing and fills the node beyond what it has; without a memory limit one leak takes down the neighbours.',
  fix: 'add it, measured under load',
  sources: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/'],
  kinds: POD_KINDS,
  check(object, report) {
    const pod = podOf(object);
    // Resources of the pod as a whole stand for its containers.
    if (at(pod?.spec, 'resources') !== undefined) return;
    for (const { container, keys } of pod?.containers ?? []) {
      const has = (list: string, resource: string): boolean => at(container, 'resources', list, resource) !== undefined;
      // A limit alone is its own request.
      const missing = [
        ...(has('requests', 'cpu') || has('limits', 'cpu') ? [] : ['requests.cpu']),
        ...(has('requests', 'memory') || has('limits', 'memory') ? [] : ['requests.memory']),
        ...(has('limits', 'memory') ? [] : ['limits.memory']),
      ];
      if (missing.length > 0) report([...keys, 'resources'], `lacks ${missing.join(', ')}`);
    }
  },
  samples: {
    pass: samplePod('resources:\n  requests:\n    cpu: 250m\n    memory: 128Mi\n  limits:\n    memory: 128Mi'),
    fail: samplePod('resources:\n  requests:\n    cpu: 250m'),
  },
};
