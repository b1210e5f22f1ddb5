import { loadSchemas } from '../model/schema/load';
import { checkText } from './check-text';
import { checkSources } from './engine';
import { RULES } from './registry';
import { sampleDeployment, sampleDocuments, sampleFiles, sampleObject, sampleService } from './samples';

/** Findings of one rule, as `severity path message`. */
function found(text: string, rule: string): readonly string[] {
  const findings = checkText(text).findings.filter((one) => one.rule === rule);
  return findings.map(({ severity, path, message }) => `${severity} ${path} ${message}`);
}

const named = (text: string, name: string): string => text.replace('name: web\n', `name: ${name}\n`);
const inNamespace = (text: string, namespace: string): string =>
  text.replace('name: web\n', `name: web\n  namespace: ${namespace}\n`);

describe('table V: network policies', () => {
  const policy = (spec: string): string => sampleObject('networking.k8s.io/v1', 'NetworkPolicy', spec);

  test('V5: podSelector {} takes all pods of its namespace, namespaceSelector {} all namespaces', () => {
    const text = sampleDocuments(
      sampleDeployment(''),
      policy('podSelector: {}\ningress: [{from: [{namespaceSelector: {}}]}]'),
    );
    expect(found(text, 'selector-target')).toEqual([]);
  });

  test('V6: a policy on two labels of the pod, beside a default deny, covers it', () => {
    const pods = sampleDeployment('').replace('labels:\n        app: web', 'labels:\n        app: web\n        b: c');
    const text = sampleDocuments(
      pods,
      policy('podSelector: {matchLabels: {app: web, b: c}}\npolicyTypes: [Ingress]\ningress: [{}]'),
      named(policy('podSelector: {}\npolicyTypes: [Ingress]'), 'deny'),
    );
    expect(found(text, 'selector-target')).toEqual([]);
    expect(found(text, 'default-deny')).toEqual([]);
  });
});

describe('table V: the mesh', () => {
  const route = (spec: string, destination: string): string =>
    sampleObject(
      'networking.istio.io/v1',
      'VirtualService',
      `${spec}\nhttp: [{retries: {attempts: 0}, route: [{destination: {${destination}}}]}]`,
    );
  const gateway = (apiVersion: string, spec: string): string =>
    sampleObject(apiVersion, 'Gateway', spec, 'namespace: istio-system').replace('name: web', 'name: gw');
  const istio = gateway(
    'networking.istio.io/v1',
    'selector: {istio: ingress}\nservers: [{hosts: ["*"], port: {name: http, number: 80, protocol: HTTP}}]',
  );

  test.each([
    [
      'a gateway of another namespace',
      sampleDocuments(
        istio,
        inNamespace(route('hosts: [shop.example.org]\ngateways: [istio-system/gw]', 'host: web'), 'shop'),
      ),
    ],
    [
      'a Service of another namespace',
      sampleDocuments(
        inNamespace(sampleService(), 'other'),
        inNamespace(route('hosts: [shop.example.org]\ngateways: [mesh]', 'host: web.other.svc.cluster.local'), 'shop'),
      ),
    ],
    [
      'a DestinationRule in the root namespace',
      sampleDocuments(
        inNamespace(sampleService(), 'shop'),
        inNamespace(sampleDeployment(''), 'shop'),
        inNamespace(
          sampleObject(
            'networking.istio.io/v1',
            'DestinationRule',
            'host: web.shop.svc.cluster.local\nsubsets: [{name: v1, labels: {app: web}}]',
          ),
          'istio-system',
        ),
        inNamespace(route('hosts: [web]', 'host: web.shop.svc.cluster.local, subset: v1'), 'shop'),
      ),
    ],
    [
      'a gateway of the Gateway API',
      sampleDocuments(
        gateway(
          'gateway.networking.k8s.io/v1',
          'gatewayClassName: istio\nlisteners: [{name: http, port: 80, protocol: HTTP}]',
        ),
        inNamespace(route('hosts: [shop.example.org]\ngateways: [istio-system/gw]', 'host: web'), 'shop'),
      ),
    ],
  ])('V16: %s is found', (_, text) => {
    const rules = ['mesh-gateway', 'mesh-host', 'mesh-subset'];
    expect(
      checkText(text).findings.filter(({ rule, severity }) => rules.includes(rule) && severity !== 'info'),
    ).toEqual([]);
  });

  test('V16: a gateway that is nowhere in the set is an error', () => {
    const text = sampleDocuments(
      istio,
      inNamespace(route('hosts: [a.example.org]\ngateways: [istio-system/gate]', 'host: web'), 'shop'),
    );
    expect(found(text, 'mesh-gateway')).toEqual([
      'error spec.gateways[0] names Gateway istio-system/gate, which is not in this set',
    ]);
  });

  const onPath = (name: string, prefix: string): string =>
    named(
      sampleObject(
        'networking.istio.io/v1',
        'VirtualService',
        `hosts: [shop.example.org]\ngateways: [istio-system/gw]\nhttp: [{match: [{uri: {prefix: ${prefix}}}], retries: {attempts: 0}, route: [{destination: {host: ${name}}}]}]`,
      ),
      name,
    );

  test('V18: the same prefix of one host and gateway in two VirtualServices is an error', () => {
    expect(found(sampleDocuments(istio, onPath('a', '/api'), onPath('b', '/api')), 'route-conflict')[0]).toMatch(
      /^error spec.hosts and .*\/api.* of shop.example.org are also in VirtualService a/,
    );
    expect(found(sampleDocuments(istio, onPath('a', '/api'), onPath('b', '/shop')), 'route-conflict')).toEqual([]);
  });

  test('V18: in the mesh a host in two VirtualServices is an error, whatever their paths', () => {
    const text = sampleDocuments(route('hosts: [web]', 'host: web'), named(route('hosts: [web]', 'host: web'), 'b'));
    expect(found(text, 'route-conflict')[0]).toMatch(/^error spec.hosts route web, as is also in VirtualService web/);
  });

  const subsets = (...names: readonly string[]): string =>
    sampleObject(
      'networking.istio.io/v1',
      'DestinationRule',
      `host: web\nsubsets: [${names.map((name) => `{name: ${name}, labels: {app: web}}`).join(', ')}]`,
    );
  const to = (subset: string): string => route('hosts: [web]', `host: web, subset: ${subset}`);

  test('V19: a subset that is not declared, or has no pods, is an error', () => {
    const base = [sampleDeployment(''), sampleService()];
    expect(found(sampleDocuments(...base, subsets('v1'), to('v3')), 'mesh-subset')[0]).toMatch(
      /^error .*subset is v3, which no DestinationRule of web declares$/,
    );
    const empty = subsets('v1').replace('labels: {app: web}', 'labels: {version: v1}');
    expect(found(sampleDocuments(...base, empty, to('v1')), 'mesh-subset')).toEqual([
      'error spec.subsets[name=v1].labels are on no pod of Service web',
    ]);
  });

  test('V19: a subset that the routes of the phase before still use may not go', () => {
    const phases = (after: string): string =>
      sampleFiles({
        'dist/phase-1/west/workloads/a.yaml': sampleDocuments(subsets('v1'), to('v1')),
        'dist/phase-2/west/workloads/a.yaml': sampleDocuments(after, to('v2')),
      });
    expect(found(phases(subsets('v2')), 'subset-removed')).toEqual([
      'error spec.subsets lacks v1, to which VirtualService web of phase-1 leads',
    ]);
    expect(found(phases(subsets('v1', 'v2')), 'subset-removed')).toEqual([]);
  });
});

describe('table V: monitoring', () => {
  const rules = (...list: readonly string[]): string =>
    sampleObject('monitoring.coreos.com/v1', 'PrometheusRule', `groups: [{name: a, rules: [${list.join(', ')}]}]`);

  test.each([
    ['recordings with one expression', '{record: a, expr: sum(b)}', '{record: a, expr: sum(b)}', ['error']],
    ['recordings with two expressions', '{record: a, expr: sum by (x) (b)}', '{record: a, expr: sum(b)}', ['info']],
    ['recordings with other labels', '{record: a, expr: sum(b)}', '{record: a, expr: sum(b), labels: {c: d}}', []],
    ['alerts with one expression', '{alert: A, expr: b > 1}', '{alert: A, expr: "b  > 1"}', ['error']],
    ['alerts with two expressions', '{alert: A, expr: b > 1}', '{alert: A, expr: b > 2}', ['info']],
    ['an alert and a recording', '{alert: A, expr: b > 1}', '{record: A, expr: b > 1}', []],
  ])('V20: %s', (_, first, second, severities) => {
    const findings = checkText(rules(first, second)).findings.filter(({ rule }) => rule === 'duplicate-alert');
    expect(findings.map(({ severity }) => severity)).toEqual(severities);
  });
});

describe('table V: no silent pass', () => {
  test('V21: every rule has a sample that it must find', () => {
    expect(
      RULES.filter(({ id, samples }) => !checkText(samples.fail).findings.some(({ rule }) => rule === id)),
    ).toEqual([]);
  });

  test('V22: every document of a stream is counted and looked at', () => {
    const text = sampleDocuments(
      sampleDeployment(''),
      sampleService(),
      sampleService().replace('app: web', 'app: shop'),
    );
    const result = checkText(named(text, 'web'));
    expect(result.objects).toBe(3);
    expect(result.findings.some(({ rule }) => rule === 'service-selector')).toBe(true);
  });

  test('V22: of nothing the result says 0 objects, which the command takes for a failure', () => {
    const options = { target: 'both', today: '2026-01-01', waivers: [], schemaOnly: false } as const;
    expect(checkSources([], loadSchemas(), options).objects).toBe(0);
  });
});
