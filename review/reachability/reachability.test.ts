import { deployment, object, reviewed } from '../../testing/reviewed';
import type { Review } from '../review-model';

const web = deployment('ports: [{ name: http, containerPort: 8080 }]', 'replicas: 2', 'web');
const db = deployment(
  'ports: [{ name: sql, containerPort: 5432 }, { containerPort: 9000 }]',
  'replicas: 2',
  'db',
).replace('    spec:\n', '    spec:\n      serviceAccountName: db\n');
const job = deployment('', 'replicas: 1', 'job').replace('    spec:\n', '    spec:\n      serviceAccountName: job\n');
const policy = (name: string, spec: string): string =>
  object('networking.k8s.io/v1', 'NetworkPolicy', `spec: ${spec}`, name);
const authorization = (name: string, spec: string): string =>
  object('security.istio.io/v1', 'AuthorizationPolicy', `spec: ${spec}`, name);

const denyAll = policy('deny', '{ podSelector: {}, policyTypes: [Ingress] }');
const webToDb = (port: string): string =>
  policy(
    'db',
    `{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: ${port} }] }] }`,
  );

const set = (...policies: readonly string[]): string => [web, db, job, ...policies].join('---\n');
const ways = ({ reachability: { added, removed } }: Review): readonly string[] => [
  ...added.map(({ from, to, port }) => `+ ${from} → ${to}:${String(port)}`),
  ...removed.map(({ from, to, port }) => `- ${from} → ${to}:${String(port)}`),
];

describe('NetworkPolicy', () => {
  test('without any, everything may call everything, which is said and not listed', () => {
    const result = reviewed(set().replace(db, ''), set());
    expect(result.reachability).toEqual({ added: [], removed: [] });
    expect(result.notes).toEqual([
      'app has no NetworkPolicy and no AuthorizationPolicy: everything may call everything',
    ]);
  });

  test('a rule for one caller opens one way, by port number or name', () => {
    expect(ways(reviewed(set(denyAll), set(denyAll, webToDb('5432'))))).toEqual(['+ shop/web → shop/db:5432']);
    expect(ways(reviewed(set(denyAll), set(denyAll, webToDb('sql'))))).toEqual(['+ shop/web → shop/db:5432']);
    expect(ways(reviewed(set(denyAll, webToDb('5432')), set(denyAll, webToDb('9000'))))).toEqual([
      '+ shop/web → shop/db:9000',
      '- shop/web → shop/db:5432',
    ]);
  });

  test('a default deny that goes opens everything, and loses nothing', () => {
    const result = reviewed(set(denyAll, webToDb('5432')), set(webToDb('5432')));
    expect(ways(result)).toEqual(['+ anywhere → shop/job:null', '+ anywhere → shop/web:null']);
    expect(result.changes[0]).toMatchObject({ kind: 'removed', risk: 'high' });
  });

  test('the first policies: what was open is closed, and that is said', () => {
    const result = reviewed(set(), set(denyAll, webToDb('5432')));
    expect(ways(result)).toContain('- anywhere → shop/db:null');
    expect(result.notes.join()).toContain(
      'app let everything call everything; from now on only what is listed is open',
    );
    expect(result.changes[0]?.risk).toBe('high');
  });

  test('egress closes a way as well as ingress does', () => {
    const out = (to: string): string =>
      policy('web-out', `{ podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [${to}] }`);
    const toDb = '{ to: [{ podSelector: { matchLabels: { app: db } } }] }';
    expect(ways(reviewed(set(denyAll, webToDb('5432'), out(toDb)), set(denyAll, webToDb('5432'), out(''))))).toContain(
      '- shop/web → shop/db:5432',
    );
  });

  test('address ranges, whole namespaces, and pods that are not in the set', () => {
    const from = (peer: string): string =>
      policy('db', `{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: [${peer}] }] }`);
    expect(
      ways(reviewed(set(denyAll), set(denyAll, from('{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }')))),
    ).toEqual(['+ 10.0.0.0/8 except 10.1.0.0/16 → shop/db:null']);
    expect(ways(reviewed(set(denyAll), set(denyAll, from('{ podSelector: {} }'))))).toEqual([
      '+ every pod of shop → shop/db:null',
    ]);
    expect(ways(reviewed(set(denyAll), set(denyAll, from('{ namespaceSelector: {} }'))))).toEqual([
      '+ every pod of the cluster → shop/db:null',
    ]);
    const gateway =
      '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: edge } }, podSelector: { matchLabels: { app: gateway } } }';
    expect(ways(reviewed(set(denyAll), set(denyAll, from(gateway))))).toEqual([
      '+ pods app=gateway in namespaces kubernetes.io/metadata.name=edge → shop/db:null',
    ]);
  });
});

describe('AuthorizationPolicy', () => {
  const allow = (rule: string): string =>
    authorization('db', `{ selector: { matchLabels: { app: db } }, action: ALLOW, rules: [${rule}] }`);
  const fromJob =
    '{ from: [{ source: { principals: [cluster.local/ns/shop/sa/job] } }], to: [{ operation: { ports: ["5432"] } }] }';

  test('an empty one denies all; a rule opens the way of its caller', () => {
    expect(ways(reviewed(set(authorization('deny', '{}')), set(authorization('deny', '{}'), allow(fromJob))))).toEqual([
      '+ shop/job → shop/db:5432',
    ]);
  });

  test('a denial wins over what is allowed', () => {
    const deny = authorization(
      'no-job',
      '{ selector: { matchLabels: { app: db } }, action: DENY, rules: [{ from: [{ source: { principals: ["*/sa/job"] } }] }] }',
    );
    expect(ways(reviewed(set(allow(fromJob)), set(allow(fromJob), deny)))).toEqual(['- shop/job → shop/db:5432']);
    const onlyPost = deny.replace('] } }] }] }', '] } }], to: [{ operation: { methods: [POST] } }] }] }');
    expect(ways(reviewed(set(allow(fromJob)), set(allow(fromJob), onlyPost)))).toEqual([]);
  });

  test('both kinds of policies must let a call through', () => {
    const sql = webToDb('5432');
    expect(ways(reviewed(set(denyAll), set(denyAll, sql, allow(fromJob))))).toEqual([]);
    expect(ways(reviewed(set(allow(fromJob)), set(allow(fromJob), denyAll)))).toContain('- shop/job → shop/db:5432');
  });
});

test('two regions are two sets: a policy of one says nothing about the other', () => {
  const region = (name: string, ...policies: readonly string[]): Record<string, string> => ({
    [`${name}/workloads/all.yaml`]: [web, db].join('---\n'),
    ...(policies.length > 0 && { [`${name}/policy/all.yaml`]: policies.join('---\n') }),
  });
  const result = reviewed(
    { ...region('east', denyAll), ...region('west') },
    { ...region('east', denyAll, webToDb('5432')), ...region('west') },
  );
  expect(ways(result)).toEqual(['+ shop/web → shop/db:5432']);
  expect(result.notes).toEqual([]);
});
