import { asList, asRecord, at, textAt } from '../../model/manifest/access';
import { nearest } from '../../model/schema/nearest';
import { sampleDeployment, sampleDocuments, sampleObject, sampleService } from '../samples';
import type { Member, MemberReport } from '../set/member';
import { allDestinations, canonicalHost, resolveHost } from '../set/mesh-hosts';
import { namespaceOf, type ObjectSet } from '../set/object-set';
import { readSelector } from '../set/selector';
import { waveOf } from '../set/waves';
import type { SetRule } from '../set-rule';

const rule = sampleObject(
  'networking.istio.io/v1',
  'DestinationRule',
  'host: web\nsubsets:\n  - name: all\n    labels:\n      app: web',
);
const route = (subset: string): string =>
  sampleObject(
    'networking.istio.io/v1',
    'VirtualService',
    `hosts:\n  - web\nhttp:\n  - retries:\n      attempts: 0\n    route:\n      - destination:\n          host: web\n          subset: ${subset}`,
    'annotations:\n  argocd.argoproj.io/sync-wave: "1"',
  );

/** Subsets that no DestinationRule has, that no pod is in, or that come after the route to them. */
export const meshSubset: SetRule = {
  id: 'mesh-subset',
  title: 'a route leads to subsets that exist before it and have pods',
  severity: 'error',
  why: 'A route to a subset that is not declared, or that has no pods, answers 503.',
  fix: 'declare the subset in the DestinationRule of the host',
  sources: [
    'https://istio.io/latest/docs/reference/config/analysis/ist0173/',
    'https://istio.io/latest/docs/ops/best-practices/traffic-management/#avoid-503-errors-while-reconfiguring-service-routes',
  ],
  checkSet(set, report) {
    const rules = new Map<string, Member[]>();
    for (const member of set.ofKind('networking.istio.io', 'DestinationRule')) {
      const namespace = namespaceOf(member.object);
      const host = canonicalHost(textAt(member.object, 'spec', 'host') ?? '', namespace);
      rules.set(host, [...(rules.get(host) ?? []), member]);
      checkLabels(set, member, report);
    }
    for (const { member, keys, host, subset } of allDestinations(set)) {
      if (subset === undefined) continue;
      const namespace = namespaceOf(member.object);
      const found = rules.get(canonicalHost(host, namespace)) ?? [];
      const owners = found.filter((one) => subsetsOf(one).includes(subset));
      if (owners.length === 0) {
        const known = found.flatMap(subsetsOf);
        const meant = nearest(subset, known);
        const isOurs = resolveHost(set, host, namespace).kind !== 'outside';
        report(member, [...keys, 'subset'], `is ${subset}, which no DestinationRule of ${host} declares`, {
          ...(meant !== undefined && { fix: `did you mean ${meant}?` }),
          severity: found.length === 0 && !isOurs ? 'info' : found.length === 0 ? 'warning' : 'error',
        });
      }
      const late = owners.find((one) => waveOf(one) >= waveOf(member) && (waveOf(one) !== 0 || waveOf(member) !== 0));
      if (late)
        report(
          member,
          [...keys, 'subset'],
          `is of DestinationRule ${late.object.metadata.name}, which is applied in wave ${waveOf(late)}, not before this (wave ${waveOf(member)})`,
          {
            severity: 'warning',
            fix: 'give the DestinationRule a lower argocd.argoproj.io/sync-wave',
          },
        );
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment(''), sampleService(), rule, route('all')),
    fail: sampleDocuments(sampleDeployment(''), sampleService(), rule, route('v3')),
  },
};

function subsetsOf({ object }: Member): readonly string[] {
  return asList(at(object, 'spec', 'subsets')).flatMap((subset) => textAt(subset, 'name') ?? []);
}

/** Labels of a subset narrow down the pods of the Service. */
function checkLabels(set: ObjectSet, member: Member, report: MemberReport): void {
  const namespace = namespaceOf(member.object);
  const host = resolveHost(set, textAt(member.object, 'spec', 'host') ?? '', namespace);
  if (host.kind !== 'service') return;
  const selector = asRecord(at(host.service.object, 'spec', 'selector'));
  if (!selector) return;
  asList(at(member.object, 'spec', 'subsets')).forEach((subset, index) => {
    const labels = asRecord(asRecord(subset)?.labels);
    const both = labels && readSelector({ ...selector, ...labels }, true);
    const place = namespaceOf(host.service.object);
    if (!both || set.select(both, place).length > 0) return;
    const severity = set.emptiness('error', member, place);
    if (severity !== undefined)
      report(
        member,
        ['spec', 'subsets', index, 'labels'],
        `are on no pod of Service ${host.service.object.metadata.name}`,
        {
          severity,
          fix: 'write labels of its pod template, or remove the subset',
        },
      );
  });
}
