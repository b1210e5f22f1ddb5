import { shown } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const CONTAINER = 'containers:\n  - name: tidy\n    image: registry.example.org/tidy:1.0.0';
const job = (policy: string): string =>
  sampleObject(
    'batch/v1',
    'Job',
    `template:\n  spec:\n    restartPolicy: ${policy}\n${CONTAINER.replace(/^/gm, '    ')}`,
  );

/** A restart policy that the owner of the pod can't have. */
export const restartPolicy: Rule = {
  id: 'restart-policy',
  title: 'the restart policy fits the kind',
  severity: 'error',
  why: 'The API server refuses a Job whose pods restart for ever and a Deployment whose pods do not.',
  fix: 'Never or OnFailure for Jobs and CronJobs, Always or nothing for the rest',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template'],
  kinds: POD_KINDS.filter((kind) => kind !== 'Pod' && kind !== 'PodTemplate'),
  check(object, report) {
    const pod = podOf(object);
    if (!pod) return;
    const policy = pod.spec.restartPolicy ?? 'Always';
    const isJob = ['Job', 'CronJob', 'ScaledJob'].includes(object.kind);
    if (isJob && policy === 'Always') {
      const found =
        pod.spec.restartPolicy === undefined ? 'is missing, and its default Always is not allowed here' : 'is Always';
      report([...pod.specKeys, 'restartPolicy'], found, { fix: 'write Never or OnFailure' });
    }
    if (!isJob && policy !== 'Always')
      report([...pod.specKeys, 'restartPolicy'], `is ${shown(policy)}`, {
        fix: `remove it: a ${object.kind} restarts its pods`,
      });
  },
  samples: { pass: job('Never'), fail: job('Always') },
};
