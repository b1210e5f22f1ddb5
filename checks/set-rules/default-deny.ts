import { asList, asRecord, at } from '../../model/manifest/access';
import { sampleDeployment, sampleDocuments, sampleObject } from '../samples';
import { selected } from '../set/edges';
import type { Member } from '../set/member';
import { isInjected } from '../set/namespaces';
import { mayBeSame, namespaceOf, type ObjectSet } from '../set/object-set';
import type { PodOwner } from '../set/pod-owner';
import { isEmpty, readSelector } from '../set/selector';
import { waveOf } from '../set/waves';
import type { SetRule } from '../set-rule';

const DNS = 53;
/** Where a proxy gets its configuration and its certificate from. */
const ISTIOD = 15012;

const policy = (name: string, spec: string): string =>
  sampleObject('networking.k8s.io/v1', 'NetworkPolicy', spec).replace('name: web', `name: ${name}`);
const deny = policy('default-deny', 'podSelector: {}\npolicyTypes:\n  - Ingress\n  - Egress');
const dns = policy(
  'dns',
  'podSelector: {}\npolicyTypes:\n  - Egress\negress:\n  - to:\n      - namespaceSelector:\n          matchLabels:\n            kubernetes.io/metadata.name: kube-system\n    ports:\n      - protocol: UDP\n        port: 53',
);

/** A default deny that cuts the pods off from what all of them need, or that comes before what it must leave open. */
export const defaultDeny: SetRule = {
  id: 'default-deny',
  title: 'a default deny leaves DNS and the mesh open, and comes last',
  severity: 'error',
  why: 'Without DNS no pod finds another, and without istiod no proxy gets its certificate. A deny that is applied before the allows is an outage for the seconds between.',
  fix: 'add a policy that allows egress to port 53 (UDP and TCP), and to istiod on 15012 in a mesh',
  sources: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-egress-traffic',
  ],
  checkSet(set, report) {
    const policies = set.ofKind('networking.k8s.io', 'NetworkPolicy');
    const denies = policies.filter(isDenyAll);
    if (denies.length === 0) return;
    const reach = new Map<PodOwner, Set<number | '*'>>();
    for (const member of policies) {
      const ports = egressPorts(member);
      if (ports.length === 0) continue;
      for (const owner of selected(set, member)) {
        const known = reach.get(owner) ?? new Set();
        for (const port of ports) known.add(port);
        reach.set(owner, known);
      }
    }
    for (const deny of denies) {
      const namespace = namespaceOf(deny.object);
      if (typesOf(deny).includes('Egress')) {
        const owners = set.pods.filter((owner) => mayBeSame(owner.namespace, namespace));
        blame(set, deny, owners, reach, DNS, 'DNS (port 53)', report);
        const injected = owners.filter(({ pod }) => pod && isInjected(set, namespace, pod.template) === true);
        blame(set, deny, injected, reach, ISTIOD, 'istiod (port 15012)', report);
      }
      const late = allowsOf(set, namespace).find((allow) => waveOf(allow) > waveOf(deny));
      if (late)
        report(
          deny,
          ['metadata', 'annotations'],
          `is applied in wave ${waveOf(deny)}, before ${late.object.metadata.name} allows anything (wave ${waveOf(late)})`,
          {
            severity: 'warning',
            fix: 'give the deny the highest argocd.argoproj.io/sync-wave',
          },
        );
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment(''), dns, deny),
    fail: sampleDocuments(sampleDeployment(''), deny),
  },
};

function blame(
  set: ObjectSet,
  deny: Member,
  owners: readonly PodOwner[],
  reach: ReadonlyMap<PodOwner, ReadonlySet<number | '*'>>,
  port: number,
  what: string,
  report: Parameters<SetRule['checkSet']>[1],
): void {
  const cut = owners.filter((owner) => !reach.get(owner)?.has(port) && !reach.get(owner)?.has('*'));
  if (cut.length === 0) return;
  const [first] = cut;
  const others = cut.length > 1 ? ` and ${cut.length - 1} more` : '';
  // In a PATH of several folders it may be that the two are never deployed together.
  const isSure = cut.some(({ member }) => set.together(deny, member));
  report(
    deny,
    ['spec', 'policyTypes'],
    `cuts ${first?.member.object.metadata.name ?? ''}${others} off from ${what}`,
    isSure ? {} : { severity: 'warning' },
  );
}

function typesOf({ object }: Member): readonly unknown[] {
  return asList(at(object, 'spec', 'policyTypes'));
}

/** A policy over all pods of its namespace that allows nothing. */
function isDenyAll(member: Member): boolean {
  const selector = readSelector(at(member.object, 'spec', 'podSelector'));
  const rules = ['ingress', 'egress'].flatMap((direction) => asList(at(member.object, 'spec', direction)));
  return selector !== undefined && isEmpty(selector) && rules.length === 0;
}

/** Ports that a policy opens towards anybody; `*` where a rule has no ports. */
function egressPorts({ object }: Member): readonly (number | '*')[] {
  return asList(at(object, 'spec', 'egress')).flatMap((rule): readonly (number | '*')[] => {
    const ports = asList(asRecord(rule)?.ports);
    if (ports.length === 0) return asList(asRecord(rule)?.to).length === 0 ? ['*'] : [];
    return ports.flatMap((port): readonly (number | '*')[] => {
      const first = at(port, 'port');
      const last = at(port, 'endPort');
      if (first === undefined) return ['*'];
      if (typeof first !== 'number') return first === 'dns' || first === 'dns-tcp' ? [DNS] : [];
      return [DNS, ISTIOD, first].filter((one) => one >= first && one <= (typeof last === 'number' ? last : first));
    });
  });
}

function allowsOf(set: ObjectSet, namespace: string): readonly Member[] {
  return set.inNamespace('networking.k8s.io', 'NetworkPolicy', namespace).filter((member) => !isDenyAll(member));
}
