import { readObjects } from '../model/manifest/objects';
import { parseDocuments } from '../model/manifest/parse';
import { named } from '../model/platform/named';
import { platform } from '../platform/platform';
import { objectsOf } from '../testing/rendered';
import { callsOf } from './calls';

const objects = (text: string): ReturnType<typeof objectsOf> =>
  readObjects(parseDocuments(text), 'all.yaml').objects.map(({ object }) => object);

const pod = (name: string, container: string, namespace = 'shop'): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: a:1, ${container} }] }
---
`;
const service = (name: string, port: number, app = name, namespace = 'shop'): string => `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { app: ${app} }, ports: [{ port: ${port} }] }
---
`;
const inShort = (text: string): string[] =>
  callsOf(objects(text)).calls.map(({ from, to, ports }) => `${from} > ${to} ${ports.join()}`);

describe('where nothing restricts, an address in the settings is a call', () => {
  const store = pod('store', '') + service('db', 5432, 'store');

  test.each([
    ['a variable with a port', 'env: [{ name: DB, value: "db:5432" }]'],
    ['a variable whose name says that it holds one', 'env: [{ name: DATABASE_HOST, value: db }]'],
    ['a URL', 'env: [{ name: DSN, value: "postgres://user@db/shop" }]'],
    ['the name with its namespace', 'env: [{ name: X, value: db.shop.svc.cluster.local }]'],
    ['an argument', 'args: ["--store=db:5432"]'],
    ['a key of a ConfigMap', 'env: [{ name: DB, valueFrom: { configMapKeyRef: { name: conf, key: db } } }]'],
    ['a whole ConfigMap', 'envFrom: [{ configMapRef: { name: conf } }]'],
  ])('%s', (_, container) => {
    const conf =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: conf, namespace: shop }\ndata: { db: "db:5432" }\n';
    expect(inShort(store + pod('web', container) + conf)).toEqual(['shop/web > shop/store 5432/TCP']);
  });

  test.each([
    ['a word that happens to be its name', 'env: [{ name: MODE, value: db }]'],
    ['a name that only begins alike', 'env: [{ name: DB, value: "db-old:5432" }]'],
    ['the same name in another namespace', 'env: [{ name: DB, value: "db.other:5432" }]'],
  ])('%s is none', (_, container) => {
    expect(inShort(store + pod('web', container))).toEqual([]);
  });

  test('a service that names its own address calls nobody', () => {
    expect(inShort(pod('store', 'env: [{ name: SELF, value: "db:5432" }]') + service('db', 5432, 'store'))).toEqual([]);
  });

  test.each([
    [
      'an Ingress',
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: door, namespace: shop }\nspec: { rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: db, port: { number: 5432 } } } }] } }] }',
      'outside, by Ingress door',
    ],
    [
      'a route of the Gateway API',
      'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: door, namespace: shop }\nspec: { rules: [{ backendRefs: [{ name: db, port: 5432 }] }] }',
      'outside, by HTTPRoute door',
    ],
  ])('%s lets callers in from outside', (_, text, from) => {
    expect(inShort(`${store}${text}\n`)).toEqual([`${from} > shop/store 5432/TCP`]);
  });

  test('so does a Service with a load balancer', () => {
    const balanced = store.replace('spec: { selector', 'spec: { type: LoadBalancer, selector');
    expect(inShort(balanced)).toEqual(['outside, by LoadBalancer > shop/store 5432/TCP']);
  });

  test('short names are those of the own namespace', () => {
    const other = pod('store', '', 'other') + service('db', 5432, 'store', 'other');
    expect(inShort(other + pod('web', 'env: [{ name: DB, value: "db:5432" }]'))).toEqual([]);
  });
});

describe('the calls of the platform are those that its services declare', () => {
  const isBelow = (name: string): boolean => name in platform.workloads;
  const declared = (names: ReadonlySet<string>): string[] =>
    named(platform.workloads)
      .filter(({ name }) => names.has(`aia/${name}`))
      .flatMap(({ name, callers }) =>
        Object.keys(callers)
          // Replicas of one service among themselves are no line of a map.
          .filter((caller) => caller !== name && isBelow(caller) && names.has(`aia/${caller}`))
          .map((caller) => `aia/${caller} > aia/${name}`),
      )
      .sort();

  test.each(['phase-1', 'phase-2', 'phase-3'] as const)('%s', (phase) => {
    const all = objectsOf(platform, phase, 'europe-west4');
    const names = new Set(
      all
        .filter(({ kind }) => ['Deployment', 'StatefulSet', 'CronJob'].includes(kind))
        .map(({ metadata }) => `aia/${metadata.name}`),
    );
    const { calls, isRestricted } = callsOf(all);
    expect(
      calls.filter(({ from, to }) => names.has(from) && names.has(to)).map(({ from, to }) => `${from} > ${to}`),
    ).toEqual(declared(names));
    // Zero trust is what phase 3 brings.
    expect(isRestricted).toBe(phase === 'phase-3');
  });

  test('what every service may call is told once, and not drawn', () => {
    const { calls, everyoneCalls } = callsOf(objectsOf(platform, 'phase-3', 'europe-west4'));
    expect(everyoneCalls.join()).toMatch(/kube-system 53\/UDP/);
    expect(calls.map(({ to }) => to).join()).not.toContain('kube-system');
  });

  test('the gateway is one caller, though it stands in two kinds of policies', () => {
    const { calls } = callsOf(objectsOf(platform, 'phase-3', 'europe-west4'));
    const strangers = calls.filter(({ to, from }) => to === 'aia/api' && !from.startsWith('aia/'));
    expect(strangers).toHaveLength(1);
    expect(strangers[0]?.from).toMatch(/istio-ingress/);
  });
});
