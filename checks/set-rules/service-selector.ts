import { asList, asNumber, asRecord, at, textAt } from '../../model/manifest/access';
import { nearest } from '../../model/schema/nearest';
import { sampleDeployment, sampleDocuments, sampleService } from '../samples';
import { namespaceOf } from '../set/object-set';
import type { PodOwner } from '../set/pod-owner';
import { describeSelector, isEmpty, readSelector } from '../set/selector';
import type { SetRule } from '../set-rule';

/** A Service that leads nowhere: no pod has its labels, or no pod has the port that it names. */
export const serviceSelector: SetRule = {
  id: 'service-selector',
  title: 'a Service finds pods, and they have the port that it names',
  severity: 'error',
  why: 'A Service without endpoints refuses every connection, and nothing else complains: the pods run, the Service exists.',
  fix: 'select the labels of the pod template',
  sources: ['https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/'],
  checkSet(set, report) {
    for (const member of set.ofKind('', 'Service')) {
      const spec = asRecord(member.object.spec) ?? {};
      const selector = readSelector(spec.selector, true);
      if (!selector || isEmpty(selector) || spec.type === 'ExternalName') continue;
      const namespace = namespaceOf(member.object);
      const owners = set.select(selector, namespace);
      if (owners.length === 0) {
        const severity = set.emptiness('error', member, namespace);
        if (severity === undefined) continue;
        report(member, ['spec', 'selector'], `takes ${describeSelector(selector)}, which no pod of this set has`, {
          severity,
        });
        continue;
      }
      const ports = portNames(owners);
      if (!ports) continue;
      asList(spec.ports).forEach((port, index) => {
        const target = textAt(port, 'targetPort');
        if (target === undefined || /^\d+$/.test(target) || ports.has(target)) return;
        const meant = nearest(target, [...ports]);
        report(member, ['spec', 'ports', index, 'targetPort'], `is "${target}", which no port of its pods is called`, {
          fix: meant === undefined ? 'name the port in the pod template' : `did you mean ${meant}?`,
        });
      });
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment(''), sampleService()),
    fail: sampleDocuments(sampleDeployment(''), sampleService().replace('app: web', 'app: shop')),
  },
};

/** Names of the ports of all the pods; undefined where a template is not in Git. */
function portNames(owners: readonly PodOwner[]): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const { pod } of owners) {
    if (!pod) return undefined;
    for (const { container } of pod.containers) {
      for (const port of asList(container.ports)) {
        const name = textAt(port, 'name');
        if (name !== undefined && asNumber(at(port, 'containerPort')) !== undefined) names.add(name);
      }
    }
  }
  return names;
}
