import { sampleDeployment, sampleDocuments, sampleObject } from '../samples';
import { authorizationEdges, egressEdges, networkEdges, sidecarEdges, type Callers, type Edges } from '../set/edges';
import type { MemberReport } from '../set/member';
import type { PodOwner } from '../set/pod-owner';
import type { SetRule } from '../set-rule';

const inShop = (text: string): string => text.replace('name: web\n', 'name: web\n  namespace: shop\n');
const account = (name: string): string =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: shop\n`;
const network = (from: string): string =>
  inShop(
    sampleObject(
      'networking.k8s.io/v1',
      'NetworkPolicy',
      `podSelector:\n  matchLabels:\n    app: web\npolicyTypes:\n  - Ingress\ningress:\n  - from:\n      - podSelector:\n          matchLabels:\n            app: ${from}`,
    ),
  );
const authorization = inShop(
  sampleObject(
    'security.istio.io/v1',
    'AuthorizationPolicy',
    'selector:\n  matchLabels:\n    app: web\nrules:\n  - from:\n      - source:\n          principals:\n            - cluster.local/ns/shop/sa/front',
  ),
);
const web = inShop(sampleDeployment('', 'serviceAccountName: web'));
const front = web.replaceAll(': web\n', ': front\n').replace('- name: web', '- name: front');

/** The three policies that say who may call whom, and do not agree. */
export const policyEdges: SetRule = {
  id: 'policy-edges',
  title: 'NetworkPolicy, AuthorizationPolicy and Sidecar allow the same calls',
  severity: 'error',
  why: 'A call needs all three: what one of them leaves out times out, is refused with 403 or finds no route, and the other two show nothing.',
  fix: 'make all three from one list of calls',
  sources: ['https://istio.io/latest/docs/ops/best-practices/security/#defense-in-depth-with-networkpolicy'],
  checkSet(set, report) {
    const network = networkEdges(set);
    const authorization = authorizationEdges(set);
    const sidecars = sidecarEdges(set);
    bothWays(network, egressEdges(set), report);
    compare(authorization, network, 'NetworkPolicy', 'error', report);
    compare(network, authorization, 'AuthorizationPolicy', 'warning', report);
    for (const { member, keys, caller, called } of sidecars.hosts) {
      for (const owner of called) {
        for (const [edges, kind] of [
          [network, 'NetworkPolicy'],
          [authorization, 'AuthorizationPolicy'],
        ] as const) {
          const callers = edges.get(owner);
          if (!callers || owner === caller || callers.isOpen || callers.from.has(caller)) continue;
          report(member, keys, `lets ${nameOf(caller)} call ${nameOf(owner)}, which no ${kind} allows`);
        }
      }
    }
    const listed = new Map<PodOwner, Set<PodOwner>>();
    for (const { caller, called } of sidecars.hosts) {
      const known = listed.get(caller) ?? new Set();
      for (const owner of called) known.add(owner);
      listed.set(caller, known);
    }
    for (const [owner, { from }] of authorization.size > 0 ? authorization : network) {
      for (const caller of from.keys()) {
        const sidecar = sidecars.callers.get(caller);
        if (!sidecar || caller === owner || listed.get(caller)?.has(owner)) continue;
        report(sidecar, ['spec', 'egress'], `does not list ${nameOf(owner)}, which ${nameOf(caller)} may call`, {
          severity: 'warning',
          fix: 'add its Service to the hosts, or take the call out of the other policies',
        });
      }
    }
  },
  samples: {
    pass: sampleDocuments(account('web'), account('front'), web, front, network('front'), authorization),
    fail: sampleDocuments(account('web'), account('front'), web, front, network('web'), authorization),
  },
};

/** Calls that the first sort of policy allows and the second, where it is about the same pods, does not. */
function compare(
  allowing: Edges,
  other: Edges,
  kind: string,
  severity: 'error' | 'warning',
  report: MemberReport,
): void {
  for (const [owner, { policy, from }] of allowing) {
    const callers = other.get(owner);
    if (!callers || callers.isOpen) continue;
    for (const [caller, ports] of from) {
      if (caller === owner) continue;
      const missing = missingPorts(ports, callers, caller);
      if (missing === undefined) continue;
      const what = missing === '' ? '' : ` on port ${missing}`;
      report(policy, ['spec'], `allows ${nameOf(caller)} to call ${nameOf(owner)}${what}, which no ${kind} allows`, {
        severity,
      });
    }
  }
}

/** A connection needs the ingress rule of the one and the egress rule of the other. */
function bothWays(ingress: Edges, egress: Edges, report: MemberReport): void {
  for (const [owner, { policy, from }] of ingress) {
    for (const caller of from.keys()) {
      const reach = egress.get(caller);
      if (!reach || reach.isOpen || reach.from.has(owner) || caller === owner) continue;
      report(
        policy,
        ['spec', 'ingress'],
        `lets ${nameOf(caller)} in, whose egress rules do not let it out to ${nameOf(owner)}`,
        {
          severity: 'warning',
        },
      );
    }
  }
  for (const [caller, { policy, from, isBroad }] of egress) {
    if (isBroad) continue;
    for (const owner of from.keys()) {
      const callers = ingress.get(owner);
      if (!callers || callers.isOpen || callers.from.has(caller) || caller === owner) continue;
      report(
        policy,
        ['spec', 'egress'],
        `lets ${nameOf(caller)} out to ${nameOf(owner)}, whose ingress rules do not let it in`,
        {
          severity: 'warning',
        },
      );
    }
  }
}

/** Ports that are not open: the empty string where no port is, undefined where all are. */
function missingPorts(ports: ReadonlySet<number | '*'>, callers: Callers, caller: PodOwner): string | undefined {
  const open = callers.from.get(caller);
  if (!open) return '';
  if (open.has('*') || ports.has('*')) return undefined;
  const closed = [...ports].filter((port) => !open.has(port));
  return closed.length > 0 ? closed.join(', ') : undefined;
}

function nameOf({ member: { object } }: PodOwner): string {
  return object.metadata.name;
}
