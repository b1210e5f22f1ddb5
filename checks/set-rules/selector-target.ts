import { asList, asRecord, at, textAt, type Keys } from '../../model/manifest/access';
import { sampleDeployment, sampleDocuments, sampleObject } from '../samples';
import type { Member, MemberReport } from '../set/member';
import { selectedNamespaces } from '../set/namespaces';
import { mayBeSame, namespaceOf, type ObjectSet } from '../set/object-set';
import { describeSelector, isEmpty, matches, readSelector } from '../set/selector';
import type { SetRule } from '../set-rule';

/** Where each kind says which pods it is about; Istio's selectors are plain maps of labels. */
const PLACES: readonly (readonly [group: string, kind: string, keys: Keys, isPlain: boolean])[] = [
  ['policy', 'PodDisruptionBudget', ['spec', 'selector'], false],
  ['networking.k8s.io', 'NetworkPolicy', ['spec', 'podSelector'], false],
  ['security.istio.io', 'AuthorizationPolicy', ['spec', 'selector', 'matchLabels'], true],
  ['security.istio.io', 'PeerAuthentication', ['spec', 'selector', 'matchLabels'], true],
  ['security.istio.io', 'RequestAuthentication', ['spec', 'selector', 'matchLabels'], true],
  ['telemetry.istio.io', 'Telemetry', ['spec', 'selector', 'matchLabels'], true],
  ['networking.istio.io', 'Sidecar', ['spec', 'workloadSelector', 'labels'], true],
  ['networking.istio.io', 'EnvoyFilter', ['spec', 'workloadSelector', 'labels'], true],
  ['networking.istio.io', 'ServiceEntry', ['spec', 'workloadSelector', 'labels'], true],
];
/** Istio's configuration in its root namespace is for every namespace. */
const MESH_ROOT = 'istio-system';

const budget = (app: string): string =>
  sampleObject('policy/v1', 'PodDisruptionBudget', `maxUnavailable: 1\nselector:\n  matchLabels:\n    app: ${app}`);

/** Policies, budgets and monitors that are about no pod. */
export const selectorTarget: SetRule = {
  id: 'selector-target',
  title: 'every selector of a policy, budget or monitor finds something',
  severity: 'warning',
  why: 'What selects nothing protects nothing and measures nothing, and nothing says so.',
  fix: 'select labels of a pod template',
  sources: [
    'https://istio.io/latest/docs/reference/config/analysis/ist0127/',
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/',
  ],
  checkSet(set, report) {
    for (const [group, kind, keys, isPlain] of PLACES) {
      for (const member of set.ofKind(group, kind)) {
        const namespace = namespaceOf(member.object);
        const isRoot = group.endsWith('istio.io') && namespace === MESH_ROOT;
        look(set, member, keys, isPlain, isRoot ? undefined : namespace, report);
      }
    }
    for (const member of set.ofKind('networking.k8s.io', 'NetworkPolicy')) peers(set, member, report);
    for (const member of set.ofKind('monitoring.coreos.com', 'PodMonitor')) {
      for (const namespace of monitored(member)) look(set, member, ['spec', 'selector'], false, namespace, report);
    }
    for (const member of set.ofKind('monitoring.coreos.com', 'ServiceMonitor')) services(set, member, report);
    for (const { member, pod, namespace } of set.pods) {
      for (const kind of ['podAffinity', 'podAntiAffinity']) {
        const place = ['affinity', kind, 'requiredDuringSchedulingIgnoredDuringExecution'];
        asList(at(pod?.spec, ...place)).forEach((term, index) => {
          if (!pod || at(term, 'namespaceSelector') !== undefined || at(term, 'namespaces') !== undefined) return;
          look(set, member, [...pod.specKeys, ...place, index, 'labelSelector'], false, namespace, report);
        });
      }
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment('replicas: 2'), budget('web')),
    fail: sampleDocuments(sampleDeployment('replicas: 2'), budget('shop')),
  },
};

/** @param isPeer true where nothing is lost: a peer that does not exist is let in, and does not come */
function look(
  set: ObjectSet,
  member: Member,
  keys: Keys,
  isPlain: boolean,
  namespace: string | undefined,
  report: MemberReport,
  isPeer = false,
): void {
  const selector = readSelector(at(member.object, ...keys), isPlain);
  if (!selector || isEmpty(selector) || set.select(selector, namespace).length > 0) return;
  const severity = set.emptiness('warning', member, namespace ?? '');
  if (severity === undefined) return;
  report(member, keys, `takes ${describeSelector(selector)}, which no pod of this set has`, {
    severity: isPeer ? 'info' : severity,
  });
}

/** Peers in namespaces that the set knows; others are not ours to see. */
function peers(set: ObjectSet, member: Member, report: MemberReport): void {
  for (const [direction, list] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    asList(at(member.object, 'spec', direction)).forEach((rule, index) => {
      asList(asRecord(rule)?.[list]).forEach((peer, position) => {
        const keys = ['spec', direction, index, list, position, 'podSelector'];
        const elsewhere = at(peer, 'namespaceSelector');
        if (elsewhere === undefined) {
          look(set, member, keys, false, namespaceOf(member.object), report, true);
          return;
        }
        const namespaces = selectedNamespaces(set, elsewhere);
        if (namespaces?.length === 1) look(set, member, keys, false, namespaces[0], report, true);
      });
    });
  }
}

/** Namespaces that a monitor looks into; undefined stands for all. */
function monitored({ object }: Member): readonly (string | undefined)[] {
  if (at(object, 'spec', 'namespaceSelector', 'any') === true) return [undefined];
  const names = asList(at(object, 'spec', 'namespaceSelector', 'matchNames')).map(String);
  return names.length > 0 ? names : [namespaceOf(object)];
}

/** A ServiceMonitor takes Services by their labels, and scrapes ports by name. */
function services(set: ObjectSet, member: Member, report: MemberReport): void {
  const selector = readSelector(at(member.object, 'spec', 'selector'));
  if (!selector || isEmpty(selector)) return;
  const candidates = monitored(member).flatMap((namespace) =>
    set
      .ofKind('', 'Service')
      .filter(({ object }) => namespace === undefined || mayBeSame(namespaceOf(object), namespace)),
  );
  const found = candidates.filter(({ object }) => matches(selector, object.metadata.labels ?? {}));
  if (candidates.length === 0) return;
  if (found.length === 0) {
    report(member, ['spec', 'selector'], `takes ${describeSelector(selector)}, which no Service of this set has`, {
      fix: 'select labels of a Service',
    });
    return;
  }
  const ports = new Set(
    found.flatMap(({ object }) => asList(at(object, 'spec', 'ports')).flatMap((port) => textAt(port, 'name') ?? [])),
  );
  asList(at(member.object, 'spec', 'endpoints')).forEach((endpoint, index) => {
    const port = textAt(endpoint, 'port');
    if (port === undefined || ports.has(port)) return;
    report(member, ['spec', 'endpoints', index, 'port'], `is "${port}", which no port of those Services is called`, {
      fix: `use one of ${[...ports].join(', ')}`,
    });
  });
}
