import { asList, asRecord, at, textAt } from '../../model/manifest/access';
import { sampleDeployment, sampleDocuments, sampleObject } from '../samples';
import { missing } from '../set/missing';
import type { ObjectSet } from '../set/object-set';
import type { SetRule } from '../set-rule';

/** `cluster.local/ns/shop/sa/web`; stars are left to Istio. */
const PRINCIPAL = /^([^/*]+)\/ns\/([^/*]+)\/sa\/([^/*]+)$/;

const account = sampleObject('v1', 'ServiceAccount', '', 'namespace: shop');
const running = sampleDeployment('', 'serviceAccountName: web').replace(
  'name: web\n',
  'name: web\n  namespace: shop\n',
);
const policy = (name: string): string =>
  sampleObject(
    'security.istio.io/v1',
    'AuthorizationPolicy',
    `selector:\n  matchLabels:\n    app: web\nrules:\n  - from:\n      - source:\n          principals:\n            - cluster.local/ns/shop/sa/${name}`,
    'namespace: shop',
  );

/** Callers that an AuthorizationPolicy names and that do not exist. */
export const meshPrincipal: SetRule = {
  id: 'mesh-principal',
  title: 'callers that an AuthorizationPolicy names are accounts of pods',
  severity: 'error',
  why: 'A principal is compared as text: a slip of the pen lets the right caller out and nobody in, with 403.',
  fix: 'name the ServiceAccount that the calling pods run as',
  sources: ['https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source'],
  checkSet(set, report) {
    const users = accountsInUse(set);
    const domains = new Map<string, number>();
    const policies = set.ofKind('security.istio.io', 'AuthorizationPolicy');
    const found = policies.flatMap((member) =>
      asList(at(member.object, 'spec', 'rules')).flatMap((rule, index) =>
        asList(asRecord(rule)?.from).flatMap((from, position) =>
          asList(at(from, 'source', 'principals')).map((principal, place) => ({
            member,
            keys: ['spec', 'rules', index, 'from', position, 'source', 'principals', place],
            match: PRINCIPAL.exec(String(principal)),
          })),
        ),
      ),
    );
    for (const { match } of found)
      if (match?.[1] !== undefined) domains.set(match[1], (domains.get(match[1]) ?? 0) + 1);
    const [usual] = [...domains].sort(([, a], [, b]) => b - a)[0] ?? [];
    for (const { member, keys, match } of found) {
      const [, domain, namespace = '', name = ''] = match ?? [];
      if (domain === undefined) continue;
      if (usual !== undefined && domain !== usual)
        report(member, keys, `is of the trust domain ${domain}; others of this set are of ${usual}`, {
          severity: 'warning',
          fix: `write ${usual}`,
        });
      const target = { group: '', kind: 'ServiceAccount', namespace, name };
      if (!set.find(target)) {
        const { message, ...options } = missing(set, member, target);
        report(member, keys, message, options);
      } else if (!users.has(`${namespace}/${name}`) && !users.has(`/${name}`)) {
        report(member, keys, `names ServiceAccount ${namespace}/${name}, which no pod of this set runs as`, {
          severity: 'warning',
        });
      }
    }
  },
  samples: {
    pass: sampleDocuments(account, running, policy('web')),
    fail: sampleDocuments(account, running, policy('shop')),
  },
};

function accountsInUse(set: ObjectSet): ReadonlySet<string> {
  return new Set(
    set.pods.map(({ namespace, pod }) => `${namespace}/${textAt(pod?.spec, 'serviceAccountName') ?? 'default'}`),
  );
}
