import { asList, asNumber, asRecord, at, textAt } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { sampleDeployment } from '../samples';

const TAINTS = /gke-spot|gke-preemptible|capacity-type|kubernetes\.azure\.com\/scalesetpriority|\/spot$/;
/** What a spot node of Google's cloud gives its pods before it goes. */
const MOST_GRACE = 15;
const DEFAULT_GRACE = 30;

const spot = (grace: string): string =>
  sampleDeployment(
    '',
    `${grace}tolerations:\n  - key: cloud.google.com/gke-spot\n    operator: Equal\n    value: "true"\n    effect: NoSchedule`,
  );

/** Pods that may run on nodes which go away, but can't go as fast. */
export const spotWorkload: Rule = {
  id: 'spot-workload',
  title: 'pods on spot nodes can go within 15 seconds and keep nothing',
  severity: 'warning',
  audience: 'aia',
  why: 'A spot node leaves its pods 15 seconds, whatever they ask for: what takes longer is cut off, and a disk hangs on the old node.',
  fix: 'write terminationGracePeriodSeconds: 15 or less',
  sources: ['https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms'],
  kinds: POD_KINDS,
  check(object, report) {
    const pod = podOf(object);
    if (!pod || !asList(pod.spec.tolerations).some((one) => TAINTS.test(textAt(one, 'key') ?? ''))) return;
    const grace = asNumber(pod.spec.terminationGracePeriodSeconds) ?? DEFAULT_GRACE;
    if (grace > MOST_GRACE)
      report([...pod.specKeys, 'terminationGracePeriodSeconds'], `is ${grace} s, more than a spot node gives`);
    asList(pod.spec.volumes).forEach((volume, index) => {
      if (at(volume, 'persistentVolumeClaim') !== undefined)
        report([...pod.specKeys, 'volumes', index], 'is a disk on a spot node', {
          fix: 'use emptyDir or object storage',
        });
    });
    if (asList(asRecord(object.spec)?.volumeClaimTemplates).length > 0)
      report(['spec', 'volumeClaimTemplates'], 'are disks on spot nodes', { fix: 'remove the toleration' });
  },
  samples: { pass: spot('terminationGracePeriodSeconds: 15\n'), fail: spot('') },
};
