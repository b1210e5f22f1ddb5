import { asList, at } from '../../model/manifest/access';
import { sampleDeployment, sampleDocuments, sampleObject, sampleService } from '../samples';
import type { Member } from '../set/member';
import { coversHost } from '../set/mesh-hosts';
import { missing } from '../set/missing';
import { namespaceOf, type ObjectSet } from '../set/object-set';
import type { SetRule } from '../set-rule';

const gateway = sampleObject(
  'networking.istio.io/v1',
  'Gateway',
  'selector:\n  istio: ingress\nservers:\n  - hosts:\n      - shop.example.org\n    port:\n      name: http\n      number: 80\n      protocol: HTTP',
);
const route = (name: string, host = 'shop.example.org'): string =>
  sampleObject(
    'networking.istio.io/v1',
    'VirtualService',
    `gateways:\n  - ${name}\nhosts:\n  - ${host}\nhttp:\n  - retries:\n      attempts: 0\n    route:\n      - destination:\n          host: web`,
  );

/** Gateways that do not exist, and hosts that the gateway does not let in. */
export const meshGateway: SetRule = {
  id: 'mesh-gateway',
  title: 'a VirtualService names gateways that exist and let its hosts in',
  severity: 'error',
  why: 'The routes are bound to nothing: the gateway answers 404 for every request.',
  fix: 'name the Gateway, as namespace/name where it is in another one',
  sources: [
    'https://istio.io/latest/docs/reference/config/analysis/ist0101/',
    'https://istio.io/latest/docs/reference/config/analysis/ist0132/',
  ],
  checkSet(set, report) {
    for (const member of set.ofKind('networking.istio.io', 'VirtualService')) {
      asList(at(member.object, 'spec', 'gateways')).forEach((written, index) => {
        const keys = ['spec', 'gateways', index];
        const [name = '', namespace = namespaceOf(member.object)] = String(written).split('/').reverse();
        if (name === 'mesh' || name === '') return;
        const target = { group: 'networking.istio.io', kind: 'Gateway', namespace, name };
        const found = set.find(target);
        if (found) {
          const open = [...new Set(openHosts(found))];
          asList(at(member.object, 'spec', 'hosts')).forEach((host, position) => {
            if (open.some((one) => coversHost(one, String(host)) || coversHost(String(host), one))) return;
            report(
              member,
              ['spec', 'hosts', position],
              `is ${String(host)}, which Gateway ${name} does not let in (${open.join(', ')})`,
              {
                severity: 'warning',
                fix: 'add the host to a server of the Gateway',
              },
            );
          });
          return;
        }
        if (isGatewayApi(set, namespace, name)) return;
        const { message, ...options } = missing(set, member, target);
        report(member, keys, message, options);
      });
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment(''), sampleService(), gateway, route('web')),
    fail: sampleDocuments(sampleDeployment(''), sampleService(), gateway, route('shop')),
  },
};

/** Hosts of all servers, without the namespace that may stand before them. */
function openHosts({ object }: Member): readonly string[] {
  return asList(at(object, 'spec', 'servers')).flatMap((server) =>
    asList(at(server, 'hosts')).map((host) => String(host).replace(/^[^/]*\//, '')),
  );
}

function isGatewayApi(set: ObjectSet, namespace: string, name: string): boolean {
  return set.find({ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace, name }) !== undefined;
}
