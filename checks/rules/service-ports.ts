import { asList, asRecord, shown, textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

/** Ports of a Service: names where there are several, each once, targets that are numbers or names. */
export const servicePorts: Rule = {
  id: 'service-ports',
  title: 'ports of a Service are named, different and lead somewhere',
  severity: 'error',
  why: 'The API server refuses several ports without names, the same name or port twice, and a number in quotes as target: it takes that for a name.',
  fix: 'correct the port',
  sources: ['https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services'],
  kinds: ['Service'],
  check(object, report) {
    const ports = asList(asRecord(object.spec)?.ports);
    const names = new Set<string>();
    const numbers = new Set<string>();
    ports.forEach((port, index) => {
      const fields = asRecord(port) ?? {};
      const place = ['spec', 'ports', index];
      const name = textAt(port, 'name');
      if (name === undefined && ports.length > 1)
        report(place, 'has no name, needed where there are several ports', { fix: 'add a name' });
      if (name !== undefined && names.has(name))
        report([...place, 'name'], `is "${name}" a second time`, { fix: 'give each port its own name' });
      if (name !== undefined) names.add(name);
      const number = `${shown(fields.port)}/${shown(fields.protocol ?? 'TCP')}`;
      if (numbers.has(number)) report([...place, 'port'], `is ${number} a second time`, { fix: 'keep one of the two' });
      numbers.add(number);
      const target = fields.targetPort;
      if (typeof target === 'string' && /^\d+$/.test(target)) {
        report([...place, 'targetPort'], `is the text "${target}", which is taken for the name of a port`, {
          fix: `write it without quotes: ${target}`,
        });
      }
    });
  },
  samples: {
    pass: sampleObject(
      'v1',
      'Service',
      'selector:\n  app: web\nports:\n  - name: http\n    port: 80\n    targetPort: http\n  - name: metrics\n    port: 9090\n    targetPort: 9090',
    ),
    fail: sampleObject('v1', 'Service', 'selector:\n  app: web\nports:\n  - port: 80\n    targetPort: "8080"'),
  },
};
