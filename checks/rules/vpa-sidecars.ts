import { asList, at, textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const vpa = (policies: string): string =>
  sampleObject(
    'autoscaling.k8s.io/v1',
    'VerticalPodAutoscaler',
    `targetRef:\n  apiVersion: apps/v1\n  kind: Deployment\n  name: web\nresourcePolicy:\n  containerPolicies:\n${policies}`,
  );
const own =
  '    - containerName: web\n      controlledResources:\n        - memory\n      controlledValues: RequestsOnly\n';

/** A VerticalPodAutoscaler that resizes the proxy too, or the limits. */
export const vpaSidecars: Rule = {
  id: 'vpa-sidecars',
  title: 'a VerticalPodAutoscaler keeps to requests of its own container',
  severity: 'warning',
  audience: 'aia',
  why: 'Without a policy for "*" it resizes the injected proxy, whose sizes are set by annotations; with RequestsAndLimits it moves limits that are promised.',
  fix: 'add containerName "*" with mode Off, and controlledValues: RequestsOnly for the rest',
  sources: [
    'https://github.com/kubernetes/autoscaler/issues/5639',
    'https://github.com/kubernetes/autoscaler/blob/master/vertical-pod-autoscaler/docs/known-limitations.md',
  ],
  kinds: ['VerticalPodAutoscaler'],
  check(object, report) {
    if (textAt(object, 'spec', 'updatePolicy', 'updateMode') === 'Off') return;
    const policies = asList(at(object, 'spec', 'resourcePolicy', 'containerPolicies'));
    const rest = policies.find((policy) => textAt(policy, 'containerName') === '*');
    const place = ['spec', 'resourcePolicy', 'containerPolicies'];
    if (textAt(rest, 'mode') !== 'Off') report(place, 'does not leave other containers alone');
    policies.forEach((policy, index) => {
      if (textAt(policy, 'mode') === 'Off' || textAt(policy, 'controlledValues') === 'RequestsOnly') return;
      report([...place, index, 'controlledValues'], 'lets limits move too', {
        fix: 'write controlledValues: RequestsOnly',
      });
    });
  },
  samples: { pass: vpa(`${own}    - containerName: "*"\n      mode: "Off"`), fail: vpa(own) },
};
