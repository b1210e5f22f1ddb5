import { asList, at, textAt } from '../../model/manifest/access';
import { sampleAutoscaler, sampleDeployment, sampleDocuments, sampleObject } from '../samples';
import { scalersFor, utilizationOf, type Scaler } from '../set/scaling';
import type { SetRule } from '../set-rule';

const utilization =
  'metrics:\n  - type: ContainerResource\n    containerResource:\n      name: cpu\n      container: web\n      target:\n        type: Utilization\n        averageUtilization: 60';
const requests =
  'apiVersion: v1\nkind: LimitRange\nmetadata:\n  name: web\nspec:\n  limits:\n    - type: Container\n      defaultRequest:\n        cpu: 250m\n';
const vertical = (mode: string): string =>
  sampleObject(
    'autoscaling.k8s.io/v1',
    'VerticalPodAutoscaler',
    `targetRef:\n  apiVersion: apps/v1\n  kind: Deployment\n  name: web\nupdatePolicy:\n  updateMode: ${mode}`,
  );

/** A vertical and a horizontal autoscaler that turn the same screw. */
export const vpaWithHpa: SetRule = {
  id: 'vpa-with-hpa',
  title: 'a VerticalPodAutoscaler leaves the resources alone that another autoscaler scales by',
  severity: 'error',
  why: 'The one raises the request, so the use in percent of it falls and the other takes pods away; then the use rises again. The pods restart on every turn.',
  fix: 'set updateMode: "Off", or leave that resource out of controlledResources',
  sources: ['https://github.com/kubernetes/autoscaler/blob/master/vertical-pod-autoscaler/docs/known-limitations.md'],
  checkSet(set, report) {
    for (const { member: workload, pod } of set.pods) {
      const scalers = scalersFor(set, workload);
      const verticals = scalers.filter(({ bounds }) => !bounds);
      if (verticals.length === 0 || verticals.length === scalers.length) continue;
      const names = pod?.containers.map(({ name }) => name) ?? [];
      for (const vpa of verticals) {
        for (const scaler of scalers.filter(({ bounds }) => bounds)) {
          for (const { resource, container } of utilizationOf(scaler)) {
            const both = (container === undefined ? names : [container]).find((name) => controls(vpa, name, resource));
            if (both === undefined || !set.together(vpa.member, scaler.member)) continue;
            const { kind, metadata } = scaler.member.object;
            report(vpa.member, ['spec'], `sets ${resource} of ${both}, by which ${kind} ${metadata.name} scales`);
          }
        }
      }
    }
  },
  samples: {
    pass: sampleDocuments(requests, sampleDeployment(''), sampleAutoscaler(utilization), vertical('"Off"')),
    fail: sampleDocuments(requests, sampleDeployment(''), sampleAutoscaler(utilization), vertical('Recreate')),
  },
};

/** Whether the VerticalPodAutoscaler changes that resource of that container. */
function controls({ member: { object } }: Scaler, container: string, resource: string): boolean {
  if (textAt(object, 'spec', 'updatePolicy', 'updateMode') === 'Off') return false;
  const policies = asList(at(object, 'spec', 'resourcePolicy', 'containerPolicies'));
  const policy =
    policies.find((one) => textAt(one, 'containerName') === container) ??
    policies.find((one) => textAt(one, 'containerName') === '*');
  if (textAt(policy, 'mode') === 'Off') return false;
  const controlled = asList(at(policy, 'controlledResources'));
  return controlled.length === 0 || controlled.includes(resource);
}
