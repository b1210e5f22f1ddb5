import { asList, textAt } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** Containers, volumes or mount paths of one pod that share a name. */
export const duplicateName: Rule = {
  id: 'duplicate-name',
  title: 'containers, volumes and mount paths of a pod are different',
  severity: 'error',
  why: 'The API server refuses a pod in which two containers or volumes have one name, or one container mounts two volumes at one path.',
  fix: 'rename one of the two',
  sources: ['https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/'],
  kinds: POD_KINDS,
  check(object, report) {
    const pod = podOf(object);
    if (!pod) return;
    const names = new Set<string>();
    for (const { container, keys, name } of pod.containers) {
      if (name !== '' && names.has(name)) report([...keys, 'name'], `is "${name}", as another container of this pod`);
      names.add(name);
      repeated(container.volumeMounts, 'mountPath', (index, path) => {
        report([...keys, 'volumeMounts', index, 'mountPath'], `is ${path}, where another volume is mounted already`, {
          fix: 'choose another path, or mount one of the two',
        });
      });
    }
    repeated(pod.spec.volumes, 'name', (index, name) => {
      report([...pod.specKeys, 'volumes', index, 'name'], `is "${name}", as another volume of this pod`);
    });
  },
  samples: {
    pass: samplePod('volumeMounts:\n  - name: tmp\n    mountPath: /tmp', 'volumes:\n  - name: tmp\n    emptyDir: {}'),
    fail: samplePod(
      'volumeMounts:\n  - name: tmp\n    mountPath: /tmp\n  - name: tmp\n    mountPath: /tmp',
      'volumes:\n  - name: tmp\n    emptyDir: {}',
    ),
  },
};

function repeated(list: unknown, field: string, found: (index: number, value: string) => void): void {
  const seen = new Set<string>();
  asList(list).forEach((item, index) => {
    const value = textAt(item, field);
    if (value === undefined) return;
    if (seen.has(value)) found(index, value);
    seen.add(value);
  });
}
