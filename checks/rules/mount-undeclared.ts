import { asList, asRecord, textAt } from '../../model/manifest/access';
import { nearest } from '../../model/schema/nearest';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** A mount of a volume that the pod does not have. */
export const mountUndeclared: Rule = {
  id: 'mount-undeclared',
  title: 'what is mounted is among the volumes',
  severity: 'error',
  why: 'The API server refuses a pod that mounts a volume it does not have.',
  fix: 'add the volume to the pod, or remove the mount',
  sources: ['https://kubernetes.io/docs/concepts/storage/volumes/'],
  kinds: POD_KINDS,
  check(object, report) {
    const pod = podOf(object);
    if (!pod) return;
    const claims = asList(asRecord(object.spec)?.volumeClaimTemplates).flatMap(
      (claim) => textAt(claim, 'metadata', 'name') ?? [],
    );
    const known = [...asList(pod.spec.volumes).flatMap((volume) => textAt(volume, 'name') ?? []), ...claims];
    const used = new Set<string>();
    for (const { container, keys } of pod.containers) {
      for (const list of ['volumeMounts', 'volumeDevices']) {
        asList(container[list]).forEach((mount, index) => {
          const name = textAt(mount, 'name');
          if (name === undefined) return;
          used.add(name);
          if (known.includes(name)) return;
          const meant = nearest(name, known);
          report(
            [...keys, list, index, 'name'],
            `is "${name}", which is no volume of this pod`,
            meant === undefined ? {} : { fix: `did you mean ${meant}?` },
          );
        });
      }
    }
    asList(pod.spec.volumes).forEach((volume, index) => {
      const name = textAt(volume, 'name');
      if (name === undefined || used.has(name)) return;
      report([...pod.specKeys, 'volumes', index], 'is mounted by no container', {
        severity: 'info',
        fix: 'mount it or remove it',
      });
    });
  },
  samples: {
    pass: samplePod('volumeMounts:\n  - name: tmp\n    mountPath: /tmp', 'volumes:\n  - name: tmp\n    emptyDir: {}'),
    fail: samplePod('volumeMounts:\n  - name: temp\n    mountPath: /tmp', 'volumes:\n  - name: tmp\n    emptyDir: {}'),
  },
};
