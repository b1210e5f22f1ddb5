import { asList, asRecord, at } from '../../model/manifest/access';
import { sampleDeployment, sampleDocuments, sampleObject, sampleService } from '../samples';
import type { Member } from '../set/member';
import { canonicalHost } from '../set/mesh-hosts';
import { distinct, namespaceOf } from '../set/object-set';
import type { SetRule } from '../set-rule';

const route = (name: string, prefix: string): string =>
  sampleObject(
    'networking.istio.io/v1',
    'VirtualService',
    `gateways:\n  - front\nhosts:\n  - shop.example.org\nhttp:\n  - match:\n      - uri:\n          prefix: ${prefix}\n    retries:\n      attempts: 0\n    route:\n      - destination:\n          host: web`,
  ).replace('metadata:\n  name: web', `metadata:\n  name: ${name}`);

/** Two VirtualServices that answer for the same host and path. */
export const routeConflict: SetRule = {
  id: 'route-conflict',
  title: 'one VirtualService answers for a host and path',
  severity: 'error',
  why: 'Istio merges the routes in an order that nobody sets: which of the two backends gets the requests is chance. Inside the mesh only the first counts at all.',
  fix: 'put the routes into one VirtualService',
  sources: [
    'https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services',
    'https://istio.io/latest/docs/reference/config/analysis/ist0109/',
  ],
  checkSet(set, report) {
    const first = new Map<string, Member>();
    for (const member of distinct(set.ofKind('networking.istio.io', 'VirtualService'))) {
      const told = new Set<Member>();
      for (const { key, what } of claimsOf(member)) {
        const other = first.get(key);
        if (!other) first.set(key, member);
        else if (other !== member && !told.has(other) && set.together(other, member)) {
          told.add(other);
          report(
            member,
            ['spec', 'hosts'],
            `${what} also in VirtualService ${other.object.metadata.name} (${other.file})`,
          );
        }
      }
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment(''), sampleService(), route('web', '/'), route('shop', '/shop')),
    fail: sampleDocuments(sampleDeployment(''), sampleService(), route('web', '/'), route('shop', '/')),
  },
};

/** What a VirtualService claims for itself: whole hosts in the mesh, host and match at a gateway. */
function claimsOf({ object }: Member): readonly { readonly key: string; readonly what: string }[] {
  const namespace = namespaceOf(object);
  const gateways = asList(at(object, 'spec', 'gateways')).map(String);
  const hosts = asList(at(object, 'spec', 'hosts')).map(String);
  return hosts.flatMap((host) =>
    (gateways.length > 0 ? gateways : ['mesh']).flatMap((gateway) => {
      if (gateway === 'mesh') {
        // Other namespaces may keep their routes to themselves.
        const reach = JSON.stringify(at(object, 'spec', 'exportTo') ?? '*');
        return { key: `mesh ${reach} ${canonicalHost(host, namespace)}`, what: `route ${host}, as is` };
      }
      const full = gateway.includes('/') ? gateway : `${namespace}/${gateway}`;
      return asList(at(object, 'spec', 'http')).flatMap((one) => {
        const matches = asList(asRecord(one)?.match);
        return (matches.length > 0 ? matches : [{}]).map((match) => {
          const text = JSON.stringify({ ...asRecord(match), name: undefined });
          return { key: `${full} ${host} ${text}`, what: `and ${text === '{}' ? 'every path' : text} of ${host} are` };
        });
      });
    }),
  );
}
