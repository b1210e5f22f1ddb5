import type { KubeObject } from '../model/kube-object';
import type { ClusterNodes } from '../model/platform/cluster-nodes';
import type { PodOwner } from '../model/pod-owners';
import { perScale, type ScaleName } from '../model/scales';
import { refusalOf } from '../model/scheduling';
import { addAmounts, amountsOf, NO_AMOUNTS, type Amounts, type MomentName } from './amounts';

/** What one object that makes pods asks of the nodes. */
export interface WorkloadCapacity {
  readonly object: KubeObject;
  readonly role: PodOwner['role'];
  readonly onePod: Amounts;
  /** `rollingUpdate` is the maximum and the pods that its own update starts on top. A DaemonSet counts each node. */
  readonly moments: Readonly<Record<MomentName, Amounts>>;
}

/** What one owner asks for. */
export function workloadCapacity(owner: PodOwner, cluster: ClusterNodes | undefined): WorkloadCapacity {
  const { object, role, one, pods, surge, template } = owner;
  const spec = (template.spec ?? {}) as Readonly<Record<string, unknown>>;
  const times =
    role === 'node' && cluster ? cluster.nodes.filter((node) => refusalOf(spec, node) === undefined).length : 1;
  const scales = perScale((scale) => amountsOf(one, pods[scale] * times));
  return {
    object,
    role,
    onePod: amountsOf(one, 1),
    moments: { ...scales, rollingUpdate: amountsOf(one, pods.maximum * times + surge(pods.maximum)) },
  };
}

/** What the add-ons ask for, on nodes that are known. */
export function addonAmounts(cluster: ClusterNodes | undefined, scale: ScaleName): Amounts {
  if (!cluster) return NO_AMOUNTS;
  const pods = cluster.addons.filter(({ atMaximumOnly }) => scale === 'maximum' || !atMaximumOnly);
  const nodes = cluster.nodes.map(() => ({ pods: 0, ...cluster.onEachNode, extended: {} }));
  return [...pods.map(({ requests }) => ({ pods: 1, ...requests, extended: {} })), ...nodes].reduce<Amounts>(
    addAmounts,
    NO_AMOUNTS,
  );
}

/** Everything together. */
export function totalsOf(
  workloads: readonly WorkloadCapacity[],
  addons: Readonly<Record<ScaleName, Amounts>>,
): Record<MomentName, Amounts> {
  const scales = perScale((scale) => workloads.map(({ moments }) => moments[scale]).reduce(addAmounts, addons[scale]));
  const surges = workloads.map(({ onePod, moments }) =>
    amountsOf(onePod, moments.rollingUpdate.pods - moments.maximum.pods),
  );
  const largest = surges.reduce((most, next) => (next.cpuMillicores > most.cpuMillicores ? next : most), NO_AMOUNTS);
  return { ...scales, rollingUpdate: addAmounts(scales.maximum, largest) };
}
