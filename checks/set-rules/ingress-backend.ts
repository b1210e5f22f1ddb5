import { asList, asNumber, asRecord, at, textAt, type Keys } from '../../model/manifest/access';
import { sampleDeployment, sampleDocuments, sampleObject, sampleService } from '../samples';
import type { Member } from '../set/member';
import { missing } from '../set/missing';
import { namespaceOf } from '../set/object-set';
import type { SetRule } from '../set-rule';

const ingress = (name: string): string =>
  sampleObject(
    'networking.k8s.io/v1',
    'Ingress',
    `rules:\n  - http:\n      paths:\n        - path: /\n          pathType: Prefix\n          backend:\n            service:\n              name: ${name}\n              port:\n                name: http`,
  );

/** Backends of an Ingress that are not there. */
export const ingressBackend: SetRule = {
  id: 'ingress-backend',
  title: 'an Ingress leads to Services and ports that exist',
  severity: 'error',
  why: 'The controller answers 503 or 404 for that path, or refuses the whole Ingress.',
  fix: 'name a Service of this namespace and one of its ports',
  sources: ['https://kubernetes.io/docs/concepts/services-networking/ingress/'],
  checkSet(set, report) {
    for (const member of set.ofKind('networking.k8s.io', 'Ingress')) {
      const namespace = namespaceOf(member.object);
      for (const { keys, service } of backends(member)) {
        const name = textAt(service, 'name');
        if (name === undefined) continue;
        const target = { group: '', kind: 'Service', namespace, name };
        const found = set.find(target);
        if (!found) {
          const { message, ...options } = missing(set, member, target);
          report(member, [...keys, 'name'], message, options);
          continue;
        }
        const ports = asList(at(found.object, 'spec', 'ports'));
        const wanted = textAt(service, 'port', 'name') ?? asNumber(at(service, 'port', 'number'));
        if (wanted === undefined || textAt(found.object, 'spec', 'type') === 'ExternalName') continue;
        if (ports.some((port) => textAt(port, 'name') === wanted || at(port, 'port') === wanted)) continue;
        const known = ports.map((port) => textAt(port, 'name') ?? String(at(port, 'port')));
        report(member, [...keys, 'port'], `is ${wanted}, which is no port of Service ${name}`, {
          fix: `use one of ${known.join(', ')}`,
        });
      }
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment(''), sampleService(), ingress('web')),
    fail: sampleDocuments(sampleDeployment(''), sampleService(), ingress('shop')),
  },
};

function backends({ object }: Member): readonly { keys: Keys; service: unknown }[] {
  const found: { keys: Keys; service: unknown }[] = [
    { keys: ['spec', 'defaultBackend', 'service'], service: at(object, 'spec', 'defaultBackend', 'service') },
  ];
  asList(at(object, 'spec', 'rules')).forEach((rule, index) => {
    asList(at(rule, 'http', 'paths')).forEach((path, position) => {
      const keys = ['spec', 'rules', index, 'http', 'paths', position, 'backend', 'service'];
      found.push({ keys, service: at(path, 'backend', 'service') });
    });
  });
  return found.filter(({ service }) => asRecord(service));
}
