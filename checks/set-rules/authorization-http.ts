import { asList, asNumber, asRecord, at, textAt } from '../../model/manifest/access';
import { sampleDeployment, sampleDocuments, sampleObject, sampleService } from '../samples';
import { namespaceOf, type ObjectSet } from '../set/object-set';
import type { PodOwner } from '../set/pod-owner';
import { readSelector } from '../set/selector';
import type { SetRule } from '../set-rule';

/** Fields that only a request in HTTP has. */
const OPERATION = ['methods', 'notMethods', 'paths', 'notPaths', 'hosts', 'notHosts'];
const SOURCE = ['requestPrincipals', 'notRequestPrincipals'];
const HTTP = /^(http|http2|grpc|grpc-web)(-|$)/;
const TCP = /^(tcp|tls|https|mongo|mysql|redis|postgres|thrift)(-|$)/;

const policy = sampleObject(
  'security.istio.io/v1',
  'AuthorizationPolicy',
  'selector:\n  matchLabels:\n    app: web\nrules:\n  - to:\n      - operation:\n          methods:\n            - GET',
);

/** Conditions on HTTP for a port that carries something else. */
export const authorizationHttp: SetRule = {
  id: 'authorization-http',
  title: 'conditions on methods, paths and headers are for ports that carry HTTP',
  severity: 'error',
  why: 'On a TCP port an ALLOW rule with such a field never matches, so nobody gets in; a DENY rule drops the field and stops everybody.',
  fix: 'name the HTTP ports in operation.ports, or ask for principals and ports only',
  sources: ['https://istio.io/latest/docs/tasks/security/authorization/authz-tcp/'],
  checkSet(set, report) {
    const policies = set.ofKind('security.istio.io', 'AuthorizationPolicy');
    if (policies.length === 0) return;
    const protocols = podProtocols(set);
    for (const member of policies) {
      const selector = readSelector(at(member.object, 'spec', 'selector', 'matchLabels'), true);
      if (!selector) continue;
      const owners = set.select(selector, namespaceOf(member.object));
      asList(at(member.object, 'spec', 'rules')).forEach((rule, index) => {
        if (!needsHttp(rule)) return;
        const ports = asList(asRecord(rule)?.to).flatMap((to) => asList(at(to, 'operation', 'ports')).map(Number));
        for (const owner of owners) {
          const known = protocols.get(owner);
          if (!known) continue;
          const meant = ports.length > 0 ? ports : [...known.keys()];
          const isAllTcp = meant.length > 0 && meant.every((port) => known.get(port) === 'tcp');
          const wrong = ports.length > 0 ? ports.filter((port) => known.get(port) === 'tcp') : isAllTcp ? meant : [];
          if (wrong.length === 0) continue;
          report(
            member,
            ['spec', 'rules', index],
            `asks for HTTP on port ${wrong.join(', ')} of ${owner.member.object.metadata.name}, which carries TCP`,
          );
          break;
        }
      });
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment(''), sampleService(), policy),
    fail: sampleDocuments(sampleDeployment(''), sampleService().replace('name: http', 'name: tcp-web'), policy),
  },
};

function needsHttp(rule: unknown): boolean {
  const operations = asList(asRecord(rule)?.to).map((to) => asRecord(at(to, 'operation')) ?? {});
  const sources = asList(asRecord(rule)?.from).map((from) => asRecord(at(from, 'source')) ?? {});
  const conditions = asList(asRecord(rule)?.when).map((when) => textAt(when, 'key') ?? '');
  return (
    operations.some((operation) => OPERATION.some((field) => operation[field] !== undefined)) ||
    sources.some((source) => SOURCE.some((field) => source[field] !== undefined)) ||
    conditions.some((key) => key.startsWith('request.'))
  );
}

/** What the ports of each pod carry, by the Services in front of it. */
function podProtocols(set: ObjectSet): ReadonlyMap<PodOwner, ReadonlyMap<number, 'http' | 'tcp'>> {
  const found = new Map<PodOwner, Map<number, 'http' | 'tcp'>>();
  for (const { object } of set.ofKind('', 'Service')) {
    const selector = readSelector(at(object, 'spec', 'selector'), true);
    if (!selector || selector.labels.length === 0) continue;
    for (const owner of set.select(selector, namespaceOf(object))) {
      const ports = found.get(owner) ?? new Map<number, 'http' | 'tcp'>();
      found.set(owner, ports);
      for (const port of asList(at(object, 'spec', 'ports'))) {
        const protocol = textAt(port, 'appProtocol') ?? textAt(port, 'name') ?? '';
        const kind = HTTP.test(protocol) ? 'http' : TCP.test(protocol) ? 'tcp' : undefined;
        const number = targetPort(owner, port);
        if (kind && number !== undefined) ports.set(number, kind);
      }
    }
  }
  return found;
}

function targetPort({ pod }: PodOwner, port: unknown): number | undefined {
  const target = at(port, 'targetPort') ?? at(port, 'port');
  if (typeof target === 'number') return target;
  const named = (pod?.containers ?? []).flatMap(({ container }) =>
    asList(container.ports).filter((one) => textAt(one, 'name') === target),
  );
  return asNumber(at(named[0], 'containerPort'));
}
