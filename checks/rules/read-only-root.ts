import { at } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** A container that may write into its image. */
export const readOnlyRoot: Rule = {
  id: 'read-only-root',
  title: 'the file system of the image is read-only',
  severity: 'info',
  why: 'An intruder can leave programs behind, and what the application writes there is lost on restart and fills the disk of the node.',
  fix: 'set securityContext.readOnlyRootFilesystem: true and mount an emptyDir where it writes',
  sources: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  kinds: POD_KINDS,
  check(object, report) {
    const pod = podOf(object);
    if (!pod || at(pod.spec, 'os', 'name') === 'windows') return;
    for (const { container, keys } of pod.containers) {
      if (at(container, 'securityContext', 'readOnlyRootFilesystem') !== true)
        report([...keys, 'securityContext'], 'leaves the image writable');
    }
  },
  samples: {
    pass: samplePod('securityContext:\n  readOnlyRootFilesystem: true'),
    fail: samplePod('securityContext:\n  readOnlyRootFilesystem: false'),
  },
};
