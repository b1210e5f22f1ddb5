import { asList, asRecord, at, textAt, type Keys } from '../../model/manifest/access';
import { sampleDeployment, sampleDocuments, sampleObject, sampleService } from '../samples';
import type { Member, MemberReport } from '../set/member';
import { allDestinations, resolveHost } from '../set/mesh-hosts';
import { missing } from '../set/missing';
import { namespaceOf, type ObjectSet } from '../set/object-set';
import type { SetRule } from '../set-rule';

const ISTIO = 'networking.istio.io';
const route = (host: string): string =>
  sampleObject(
    'networking.istio.io/v1',
    'VirtualService',
    `hosts:\n  - web\nhttp:\n  - retries:\n      attempts: 0\n    route:\n      - destination:\n          host: ${host}\n          port:\n            number: 80`,
  );

/** Hosts of the mesh that are no Service, and ports that it does not have. */
export const meshHost: SetRule = {
  id: 'mesh-host',
  title: 'hosts in routes, destination rules and sidecars are Services of the set, with that port',
  severity: 'error',
  why: 'A route to a host that does not exist answers 503; a DestinationRule for it has no effect; a sidecar that lists it reaches nothing.',
  fix: 'name a Service, or add a ServiceEntry for a host outside',
  sources: [
    'https://istio.io/latest/docs/reference/config/analysis/ist0101/',
    'https://istio.io/latest/docs/reference/config/analysis/ist0174/',
  ],
  checkSet(set, report) {
    for (const { member, keys, host, port } of allDestinations(set)) {
      const service = look(set, member, host, [...keys, 'host'], report);
      if (service) checkPort(service, member, keys, port, report);
    }
    for (const member of set.ofKind(ISTIO, 'DestinationRule')) {
      const host = textAt(member.object, 'spec', 'host');
      if (host !== undefined) look(set, member, host, ['spec', 'host'], report);
    }
    for (const member of set.ofKind(ISTIO, 'Sidecar')) {
      asList(at(member.object, 'spec', 'egress')).forEach((listener, index) => {
        asList(asRecord(listener)?.hosts).forEach((written, position) => {
          const [place = '', host = ''] = String(written).split('/');
          if (place === '~' || host === '' || host.includes('*')) return;
          look(set, member, host, ['spec', 'egress', index, 'hosts', position], report);
        });
      });
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment(''), sampleService(), route('web')),
    fail: sampleDocuments(sampleDeployment(''), sampleService(), route('shop')),
  },
};

function look(set: ObjectSet, member: Member, host: string, keys: Keys, report: MemberReport): Member | undefined {
  const found = resolveHost(set, host, namespaceOf(member.object));
  if (found.kind === 'service') return found.service;
  if (found.kind !== 'missing') return undefined;
  const { name, namespace } = found;
  const { message, ...options } = missing(set, member, { group: '', kind: 'Service', namespace, name });
  report(member, keys, message, options);
  return undefined;
}

function checkPort(service: Member, member: Member, keys: Keys, port: number | undefined, report: MemberReport): void {
  const ports = asList(at(service.object, 'spec', 'ports')).map((one) => at(one, 'port'));
  const { name } = service.object.metadata;
  if (port === undefined && ports.length > 1)
    report(member, keys, `names no port, and Service ${name} has ${ports.length}`, {
      fix: `add port.number: one of ${ports.map(String).join(', ')}`,
    });
  if (port !== undefined && ports.length > 0 && !ports.includes(port))
    report(member, [...keys, 'port', 'number'], `is ${port}, which is no port of Service ${name}`, {
      fix: `use one of ${ports.map(String).join(', ')}`,
    });
}
