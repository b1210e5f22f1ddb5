import type { KubeObject } from '../../model/kube-object';
import { addRequests, NO_REQUESTS, podRequests, type PodResources, type Requests } from '../../model/pod-requests';
import { parseQuantity, toMillicores, toUnits } from '../../model/quantity';
import { totalsOf } from '../../model/totals';
import { field, textField } from '../cluster/field';
import { problem, warning, type Check, type Finding } from './check';

const GIB = 1024n ** 3n;

/**
 * What the phase requests at its minimum must fit beside what others run. It adds up, it does not place: whether every
 * pod finds a node is `aia capacity`'s question.
 */
export const room: Check = {
  id: 'room',
  title: 'the nodes have room for the phase at its minimum',
  look: async ({ live, site, desired }): Promise<Finding[]> => {
    const [nodes, pods] = [await live.list('v1', 'Node'), await live.list('v1', 'Pod')];
    const usable = nodes.filter((node) => field(node, 'spec', 'unschedulable') !== true);
    const others = pods
      .filter((pod) => pod.metadata.namespace !== site.platform.settings.namespace && isActive(pod))
      .map((pod) => podRequests((pod.spec ?? {}) as PodResources))
      .reduce(addRequests, NO_REQUESTS);
    const allocatable = usable.map(allocatableOf).reduce(addRequests, NO_REQUESTS);
    const extra = { min: NO_REQUESTS, max: NO_REQUESTS, perNode: NO_REQUESTS };
    const { min, max } = totalsOf(desired, usable.length, extra);
    const short = (needed: Requests): boolean =>
      needed.cpuMillicores + others.cpuMillicores > allocatable.cpuMillicores ||
      needed.memoryBytes + others.memoryBytes > allocatable.memoryBytes;
    const told = (needed: Requests): string =>
      `${text(needed)} for the platform and ${text(others)} for others, of ${text(allocatable)} on ${usable.length} nodes`;
    if (short(min.requests)) {
      return [
        problem(
          `the minimum of the phase does not fit: ${told(min.requests)}`,
          'add nodes, or remove what runs beside the platform: kubectl get pods --all-namespaces -o wide',
        ),
      ];
    }
    return short(max.requests)
      ? [warning(`at its maximum the phase does not fit: ${told(max.requests)}`, 'aia capacity shows at which scale')]
      : [];
  },
};

function allocatableOf(node: KubeObject): Requests {
  const amount = (resource: string): string => textField(node, 'status', 'allocatable', resource) ?? '0';
  return {
    cpuMillicores: toMillicores(parseQuantity(amount('cpu'))),
    memoryBytes: toUnits(parseQuantity(amount('memory'))),
  };
}

function isActive(pod: KubeObject): boolean {
  return !['Succeeded', 'Failed'].includes(textField(pod, 'status', 'phase') ?? '');
}

function text({ cpuMillicores, memoryBytes }: Requests): string {
  const tenth = (value: bigint): string => `${value / 10n}.${value % 10n}`;
  return `${tenth(cpuMillicores / 100n)} cores and ${tenth((memoryBytes * 10n) / GIB)} GiB`;
}
