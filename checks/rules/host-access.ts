import { asList, at, shown, textAt } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** Pods that leave their box: the node's network, processes or files. */
export const hostAccess: Rule = {
  id: 'host-access',
  title: 'pods stay off the node',
  severity: 'warning',
  why: 'Whoever controls such a pod controls the node and with it every pod that runs there.',
  fix: 'remove it; a node agent that needs it deserves a waiver with the reason',
  sources: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  kinds: POD_KINDS,
  check(object, report) {
    const pod = podOf(object);
    if (!pod) return;
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
      if (pod.spec[field] === true) report([...pod.specKeys, field], 'is true');
    }
    asList(pod.spec.volumes).forEach((volume, index) => {
      const path = textAt(volume, 'hostPath', 'path');
      if (path !== undefined) report([...pod.specKeys, 'volumes', index, 'hostPath'], `mounts ${path} of the node`);
    });
    for (const { container, keys } of pod.containers) {
      if (at(container, 'securityContext', 'privileged') === true)
        report([...keys, 'securityContext', 'privileged'], 'is true');
      asList(container.ports).forEach((port, index) => {
        const host = at(port, 'hostPort');
        if (host !== undefined && host !== 0 && pod.spec.hostNetwork !== true) {
          report(
            [...keys, 'ports', index, 'hostPort'],
            `takes port ${shown(host)} of the node, so that only one pod fits a node`,
          );
        }
      });
    }
  },
  samples: { pass: samplePod(''), fail: samplePod('', 'hostNetwork: true') },
};
