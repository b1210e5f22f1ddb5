import type { WorkloadCapacity } from '../capacity/workloads';
import { podOf } from '../checks/pods';
import { groupOf, type KubeObject } from '../model/kube-object';
import { asList, asString, at, textAt } from '../model/manifest/access';
import { selects } from '../model/manifest/label-selector';
import { perScale } from '../model/scales';
import { isGuarded } from '../review/reachability/authorization';
import { permissionsOf, type Direction } from '../review/reachability/network-policy';
import { workloadsOf, type Workload } from '../review/reachability/workload';
import type { Entry } from '../review/source/objects';
import { dataUseOf } from './data-use';
import type { Guards, Service } from './report-model';

/** Everything of a set that runs pods, by name; `workloads` are those of its capacity. */
export function servicesOf(entries: readonly Entry[], workloads: readonly WorkloadCapacity[]): readonly Service[] {
  const seen = workloadsOf(entries);
  return workloads
    .map(({ object, role, onePod, moments }): Service => {
      const { namespace = 'default', name } = object.metadata;
      const id = `${namespace}/${name}`;
      const workload = seen.find((one) => one.id === id);
      const data = dataUseOf(object);
      return {
        id,
        kind: object.kind,
        name,
        description: textAt(object, 'metadata', 'annotations', 'kubernetes.io/description') ?? '',
        role: role === 'job' || role === 'node' ? role : isStore(object) ? 'store' : 'service',
        pods: perScale((scale) => moments[scale].pods),
        cpuMillicores: Number(onePod.cpuMillicores),
        memoryBytes: Number(onePod.memoryBytes),
        images: imagesOf(object),
        guards: workload ? guardsOf(workload, object, entries, seen) : NO_GUARDS,
        data: data ?? null,
      };
    })
    .filter(({ id }, index, all) => all.findIndex((one) => one.id === id) === index)
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

const NO_GUARDS: Guards = {
  ...{ ingress: false, egress: false, authorization: false },
  ...{ disruptionBudget: false, autoscaler: '', hardened: false },
};

function isStore(object: KubeObject): boolean {
  return asList(at(object, 'spec', 'volumeClaimTemplates')).length > 0;
}

function imagesOf(object: KubeObject): readonly string[] {
  const images = podOf(object)?.containers.flatMap(({ container }) => asString(container.image) ?? []) ?? [];
  return [...new Set(images)];
}

function guardsOf(workload: Workload, object: KubeObject, entries: readonly Entry[], all: readonly Workload[]): Guards {
  const ofGroup = (group: string): Entry[] => entries.filter((one) => groupOf(one.object.apiVersion) === group);
  const network = ofGroup('networking.k8s.io').filter((one) => one.object.kind === 'NetworkPolicy');
  const isRestricted = (direction: Direction): boolean =>
    permissionsOf(workload, direction, network, all) !== undefined;
  const mesh = ofGroup('security.istio.io').filter((one) => one.object.kind === 'AuthorizationPolicy');
  return {
    ingress: isRestricted('ingress'),
    egress: isRestricted('egress'),
    authorization: isGuarded(workload, mesh),
    disruptionBudget: ofGroup('policy').some(
      ({ object: budget, name }) =>
        budget.kind === 'PodDisruptionBudget' &&
        name.namespace === workload.namespace &&
        selects(at(budget, 'spec', 'selector'), workload.labels),
    ),
    autoscaler: autoscalerOf(object, entries),
    hardened: isHardened(object),
  };
}

/** Kind of what sets the replicas of an object: HorizontalPodAutoscaler, or KEDA's ScaledObject. */
function autoscalerOf({ kind, metadata }: KubeObject, entries: readonly Entry[]): string {
  const found = entries.find(({ object }) => {
    if (!['HorizontalPodAutoscaler', 'ScaledObject'].includes(object.kind)) return false;
    const target = at(object, 'spec', 'scaleTargetRef');
    return (
      object.metadata.namespace === metadata.namespace &&
      textAt(target, 'name') === metadata.name &&
      (textAt(target, 'kind') ?? 'Deployment') === kind
    );
  });
  return found?.object.kind ?? '';
}

function isHardened(object: KubeObject): boolean {
  const pod = podOf(object);
  if (!pod || pod.containers.length === 0) return false;
  const forAll = at(pod.spec, 'securityContext', 'runAsNonRoot') === true;
  return pod.containers.every(({ container }) => {
    const own = at(container, 'securityContext', 'runAsNonRoot');
    return (
      (own === undefined ? forAll : own === true) && at(container, 'securityContext', 'readOnlyRootFilesystem') === true
    );
  });
}
