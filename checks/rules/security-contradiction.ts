import { asRecord, at } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** Security settings that exclude each other. */
export const securityContradiction: Rule = {
  id: 'security-contradiction',
  title: 'security settings do not contradict each other',
  severity: 'error',
  why: 'A container that must not be root and is user 0 never starts (CreateContainerConfigError); one that is privileged and must not gain rights is refused.',
  fix: 'set one of the two',
  sources: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  kinds: POD_KINDS,
  check(object, report) {
    const pod = podOf(object);
    const shared = asRecord(pod?.spec.securityContext) ?? {};
    for (const { container, keys } of pod?.containers ?? []) {
      const own = asRecord(container.securityContext) ?? {};
      const place = [...keys, 'securityContext'];
      if ((own.runAsNonRoot ?? shared.runAsNonRoot) === true && (own.runAsUser ?? shared.runAsUser) === 0) {
        report(place, 'has runAsNonRoot and runAsUser 0', { fix: 'give the number of a user other than root' });
      }
      const added = at(own, 'capabilities', 'add');
      const isAdmin = Array.isArray(added) && added.some((name) => name === 'SYS_ADMIN' || name === 'CAP_SYS_ADMIN');
      if (own.allowPrivilegeEscalation === false && (own.privileged === true || isAdmin)) {
        report(place, `forbids privilege escalation and ${isAdmin ? 'adds SYS_ADMIN' : 'is privileged'}`);
      }
    }
  },
  samples: {
    pass: samplePod('securityContext:\n  runAsNonRoot: true\n  runAsUser: 65532'),
    fail: samplePod('securityContext:\n  runAsNonRoot: true\n  runAsUser: 0'),
  },
};
