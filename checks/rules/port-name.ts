import { asList, asRecord, shown, textAt } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

const LONGEST = 15;
const FORM = /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

/** Names of container ports: form and uniqueness. */
export const portName: Rule = {
  id: 'port-name',
  title: 'container ports have short, valid and different names',
  severity: 'error',
  why: 'The API server refuses the pod: a port name has at most 15 lower-case letters, digits and single dashes, one of them a letter.',
  fix: `write at most ${LONGEST} lower-case letters, digits and dashes`,
  sources: ['https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports'],
  kinds: POD_KINDS,
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      const names = new Set<string>();
      const numbers = new Set<string>();
      asList(container.ports).forEach((port, index) => {
        const place = [...keys, 'ports', index];
        const name = textAt(port, 'name');
        if (name !== undefined) {
          if (name.length > LONGEST) report([...place, 'name'], `is "${name}", ${name.length} characters long`);
          else if (!FORM.test(name)) report([...place, 'name'], `is "${name}", not a valid port name`);
          if (names.has(name))
            report([...place, 'name'], `is "${name}", as another port of this container`, {
              fix: 'give each port its own name',
            });
          names.add(name);
        }
        const { containerPort, protocol = 'TCP' } = asRecord(port) ?? {};
        const number = `${shown(containerPort)}/${shown(protocol)}`;
        if (numbers.has(number))
          report(place, `is ${number} a second time`, {
            severity: 'warning',
            fix: 'keep one of the two: a client-side apply drops one',
          });
        numbers.add(number);
      });
    }
  },
  samples: {
    pass: samplePod(
      'ports:\n  - name: http\n    containerPort: 8080\n  - name: dns\n    containerPort: 8080\n    protocol: UDP',
    ),
    fail: samplePod('ports:\n  - name: metrics-prometheus\n    containerPort: 9090'),
  },
};
