import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** Pods that get a key to the API server without asking for it. */
export const serviceAccountToken: Rule = {
  id: 'service-account-token',
  title: 'pods get an API token only where they need one',
  severity: 'info',
  why: 'The token is in every container by default; an intruder can ask the API server with it.',
  fix: 'set automountServiceAccountToken: false, here or on the ServiceAccount, or true where it is needed',
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
  ],
  kinds: POD_KINDS,
  check(object, report) {
    const pod = podOf(object);
    if (pod && typeof pod.spec.automountServiceAccountToken !== 'boolean') {
      report([...pod.specKeys, 'automountServiceAccountToken'], 'is not set, so the pod gets a token');
    }
  },
  samples: { pass: samplePod('', 'automountServiceAccountToken: false'), fail: samplePod('') },
};
