import { asList, asRecord, at, textAt } from '../../model/manifest/access';
import type { Pod } from '../pods';
import { sampleAutoscaler, sampleDeployment, sampleDocuments } from '../samples';
import { isInjected } from '../set/namespaces';
import type { ObjectSet } from '../set/object-set';
import { scalersFor, utilizationOf } from '../set/scaling';
import type { SetRule } from '../set-rule';

const PROXY = 'sidecar.istio.io/proxy';
const utilization =
  'metrics:\n  - type: Resource\n    resource:\n      name: cpu\n      target:\n        type: Utilization\n        averageUtilization: 60';
const deployment = (resources: string): string => `${sampleDeployment('')}          resources:\n${resources}`;

/** An autoscaler that compares use with a request which is not there. */
export const scalerNeedsRequests: SetRule = {
  id: 'scaler-needs-requests',
  title: 'an autoscaler in percent has requests to compare with',
  severity: 'error',
  why: 'Where one container of the pod has no request the metric is <unknown>, and nothing scales. That includes an injected proxy of which only the memory is set.',
  fix: 'set the request in every container, or scale by ContainerResource of one that has it',
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work',
    'https://github.com/istio/istio/issues/13977',
  ],
  checkSet(set, report) {
    for (const { member, pod, namespace } of set.pods) {
      if (!pod) continue;
      for (const scaler of scalersFor(set, member).filter(({ bounds }) => bounds)) {
        for (const { keys, resource, container } of utilizationOf(scaler)) {
          if (hasDefault(set, namespace, resource)) continue;
          const bare = pod.containers.filter(
            (one) =>
              one.role !== 'init' &&
              (container === undefined || one.name === container) &&
              ['requests', 'limits'].every((part) => at(one.container, 'resources', part, resource) === undefined),
          );
          const names = bare.map(({ name }) => name);
          if (container === undefined && lacksProxyRequest(set, namespace, pod, resource)) names.push('istio-proxy');
          if (names.length > 0)
            report(
              scaler.member,
              keys,
              `needs a request for ${resource} in ${names.join(' and ')} of ${member.object.kind} ${member.object.metadata.name}`,
            );
        }
      }
    }
  },
  samples: {
    pass: sampleDocuments(
      deployment('            requests:\n              cpu: 250m\n'),
      sampleAutoscaler(utilization),
    ),
    fail: sampleDocuments(
      deployment('            requests:\n              memory: 250Mi\n'),
      sampleAutoscaler(utilization),
    ),
  },
};

/** A LimitRange gives requests to containers that have none. */
function hasDefault(set: ObjectSet, namespace: string, resource: string): boolean {
  return set
    .inNamespace('', 'LimitRange', namespace)
    .some(({ object }) =>
      asList(at(object, 'spec', 'limits')).some(
        (limit) =>
          textAt(limit, 'type') === 'Container' &&
          (at(limit, 'defaultRequest', resource) ?? at(limit, 'default', resource)) !== undefined,
      ),
    );
}

/** With one of the proxy's annotations the mesh's defaults for the others are gone. */
function lacksProxyRequest(set: ObjectSet, namespace: string, pod: Pod, resource: string): boolean {
  const annotations = asRecord(at(pod.template, 'metadata', 'annotations')) ?? {};
  const field = resource === 'cpu' ? 'CPU' : 'Memory';
  const isSet = Object.keys(annotations).some(
    (key) => key.startsWith(`${PROXY}CPU`) || key.startsWith(`${PROXY}Memory`),
  );
  return isSet && annotations[`${PROXY}${field}`] === undefined && isInjected(set, namespace, pod.template) === true;
}
