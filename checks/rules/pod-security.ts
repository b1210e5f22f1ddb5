import { asList, asRecord, at } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** What the Pod Security Standard "restricted" asks of every container. */
export const podSecurity: Rule = {
  id: 'pod-security',
  title: 'containers run with the least rights (Pod Security Standard "restricted")',
  severity: 'warning',
  why: 'A process that is broken into as root, or that can gain rights, reaches the node. A namespace that enforces "restricted" refuses the pod.',
  fix: 'add it to the securityContext',
  sources: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted'],
  kinds: POD_KINDS,
  check(object, report) {
    const pod = podOf(object);
    // None of this applies to Windows, which has users and rights of its own.
    if (!pod || at(pod.spec, 'os', 'name') === 'windows') return;
    const shared = asRecord(pod.spec.securityContext) ?? {};
    for (const { container, keys } of pod.containers) {
      const own = asRecord(container.securityContext) ?? {};
      const dropped = asList(at(own, 'capabilities', 'drop')).map(String);
      const seccomp = at(own, 'seccompProfile', 'type') ?? at(shared, 'seccompProfile', 'type');
      const missing = [
        ...((own.runAsNonRoot ?? shared.runAsNonRoot) === true ? [] : ['runAsNonRoot: true']),
        ...(own.allowPrivilegeEscalation === false ? [] : ['allowPrivilegeEscalation: false']),
        ...(dropped.includes('ALL') ? [] : ['capabilities.drop: [ALL]']),
        ...(seccomp === 'RuntimeDefault' || seccomp === 'Localhost' ? [] : ['seccompProfile.type: RuntimeDefault']),
      ];
      if (missing.length > 0) report([...keys, 'securityContext'], `lacks ${missing.join(', ')}`);
      const added = asList(at(own, 'capabilities', 'add'))
        .map(String)
        .filter((name) => name !== 'NET_BIND_SERVICE');
      if (added.length > 0)
        report([...keys, 'securityContext', 'capabilities', 'add'], `gives ${added.join(', ')}`, {
          fix: 'leave out what the program can do without',
        });
    }
  },
  samples: {
    pass: samplePod(
      'securityContext:\n  runAsNonRoot: true\n  allowPrivilegeEscalation: false\n  capabilities:\n    drop:\n      - ALL\n  seccompProfile:\n    type: RuntimeDefault',
    ),
    fail: samplePod('securityContext:\n  runAsNonRoot: true'),
  },
};
