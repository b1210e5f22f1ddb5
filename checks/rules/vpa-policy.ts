import { asList, asRecord, at, shown, textAt } from '../../model/manifest/access';
import { QuantityError, parseQuantity } from '../../model/quantity';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const head = 'targetRef:\n  apiVersion: apps/v1\n  kind: Deployment\n  name: web\n';
const policy = (least: string): string =>
  sampleObject(
    'autoscaling.k8s.io/v1',
    'VerticalPodAutoscaler',
    `${head}resourcePolicy:\n  containerPolicies:\n    - containerName: web\n      minAllowed:\n        memory: ${least}\n      maxAllowed:\n        memory: 1Gi`,
  );

/** Modes and bounds of a VerticalPodAutoscaler. */
export const vpaPolicy: Rule = {
  id: 'vpa-policy',
  title: 'a VerticalPodAutoscaler has a mode and bounds that work',
  severity: 'error',
  why: 'A lower bound above the upper one is refused or ignored, and the recommendation is not what was meant. Auto is deprecated and changes its meaning with the version.',
  fix: 'write minAllowed below maxAllowed',
  sources: ['https://github.com/kubernetes/autoscaler/blob/master/vertical-pod-autoscaler/docs/api.md'],
  kinds: ['VerticalPodAutoscaler'],
  check(object, report) {
    const mode = textAt(object, 'spec', 'updatePolicy', 'updateMode');
    if (mode === 'Auto')
      report(['spec', 'updatePolicy', 'updateMode'], 'is Auto, which is deprecated', {
        severity: 'warning',
        fix: 'write Recreate, which is what it does, or Initial or Off',
      });
    if (mode === 'InPlaceOrRecreate')
      report(['spec', 'updatePolicy', 'updateMode'], 'is InPlaceOrRecreate, which needs Kubernetes 1.33', {
        severity: 'info',
        fix: 'use it only on clusters from 1.33 on',
      });
    asList(at(object, 'spec', 'resourcePolicy', 'containerPolicies')).forEach((one, index) => {
      const least = asRecord(asRecord(one)?.minAllowed) ?? {};
      const most = asRecord(asRecord(one)?.maxAllowed) ?? {};
      for (const resource of Object.keys(least)) {
        if (!isAbove(least[resource], most[resource])) continue;
        const place = ['spec', 'resourcePolicy', 'containerPolicies', index, 'minAllowed', resource];
        report(place, `is ${shown(least[resource])}, above maxAllowed ${shown(most[resource])}`);
      }
    });
  },
  samples: { pass: policy('256Mi'), fail: policy('2Gi') },
};

function isAbove(a: unknown, b: unknown): boolean {
  if (b === undefined) return false;
  try {
    return parseQuantity(shown(a)).nanos > parseQuantity(shown(b)).nanos;
  } catch (error) {
    if (error instanceof QuantityError) return false;
    throw error;
  }
}
