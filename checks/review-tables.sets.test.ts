import { loadSchemas } from '../model/schema/load';
import { checkText } from './check-text';
import { checkSources } from './engine';
import { RULES } from './registry';
import {
  sampleAutoscaler,
  sampleDeployment,
  sampleDocuments,
  sampleFiles,
  sampleObject,
  sampleService,
} from './samples';

/** Findings of one rule, as `severity path message`. */
function found(text: string, rule: string): readonly string[] {
  const findings = checkText(text).findings.filter((one) => one.rule === rule);
  return findings.map(({ severity, path, message }) => `${severity} ${path} ${message}`);
}

const budget = (spec: string, labels = 'app: web'): string =>
  sampleObject('policy/v1', 'PodDisruptionBudget', `${spec}\nselector: {matchLabels: {${labels}}}`);
const bounds = (min: number, max: number): string =>
  sampleAutoscaler().replace('minReplicas: 2', `minReplicas: ${min}`).replace('maxReplicas: 6', `maxReplicas: ${max}`);
const named = (text: string, name: string): string => text.replace('name: web\n', `name: ${name}\n`);
const inNamespace = (text: string, namespace: string): string =>
  text.replace('name: web\n', `name: web\n  namespace: ${namespace}\n`);

describe('table V: budgets and autoscalers', () => {
  test('V1: maxUnavailable 1 beside an autoscaler with a minimum of 4 is fine', () => {
    const text = sampleDocuments(sampleDeployment(''), bounds(4, 8), budget('maxUnavailable: 1'));
    expect(found(text, 'budget-at-scale')).toEqual([]);
  });

  test('V1: explicit replicas do not hide the minimum of the autoscaler', () => {
    const text = sampleDocuments(sampleDeployment('replicas: 3'), bounds(2, 8), budget('minAvailable: 2'));
    expect(found(text, 'budget-at-scale')).toEqual([
      'error spec.minAvailable is 2: at the minimum of 2 pods none may be evicted',
    ]);
  });

  test('V3: a budget on app=api and team=a does not cover pods with app=web and team=a', () => {
    const text = sampleDocuments(
      sampleDeployment('replicas: 2').replace(
        'labels:\n        app: web',
        'labels:\n        app: web\n        team: a',
      ),
      budget('maxUnavailable: 1', 'app: api, team: a'),
    );
    expect(found(text, 'budget-missing')).toEqual(['info spec runs 2 pods or more and no budget covers them']);
    expect(found(text, 'selector-target')).toEqual([
      'warning spec.selector takes app=api, team=a, which no pod of this set has',
    ]);
  });

  test('V3: the labels of the template count, not those of the selector', () => {
    const labelled = sampleDeployment('replicas: 2').replace(
      'labels:\n        app: web',
      'labels:\n        app: web\n        tier: front',
    );
    const text = sampleDocuments(labelled, budget('minAvailable: 2', 'tier: front'));
    expect(found(text, 'budget-at-scale')).toEqual(['error spec.minAvailable is 2: with 2 pods none may be evicted']);
  });

  test('V4: without budget and autoscaler nothing is called right; the budget is missing', () => {
    const text = sampleDeployment('replicas: 2');
    expect(found(text, 'budget-at-scale')).toEqual([]);
    expect(found(text, 'budget-missing')).toHaveLength(1);
  });

  test('V7: an autoscaled Deployment without replicas is fine', () => {
    expect(found(sampleDocuments(sampleDeployment(''), bounds(2, 6)), 'replicas-and-scaler')).toEqual([]);
  });

  const application = (spec: string): string =>
    named(
      sampleObject(
        'argoproj.io/v1alpha1',
        'Application',
        `project: default\nsource: {repoURL: https://git.example.org/a.git, path: dist/shop}\ndestination: {namespace: shop}\nsyncPolicy:\n  automated: {selfHeal: true}\n  syncOptions: [RespectIgnoreDifferences=true]\n${spec}`,
        'namespace: argocd',
      ),
      'shop',
    );
  const tree = (replicas: number, spec: string): string =>
    sampleFiles({
      'argocd/a.yaml': application(spec),
      'dist/shop/web.yaml': sampleDeployment(`replicas: ${replicas}`),
      'dist/shop/hpa.yaml': bounds(2, 6),
    });

  test.each([
    ['replicas 1 and a minimum of 2 under auto-sync', 1, ''],
    ['replicas at the minimum, not ignored', 2, ''],
    ['the group is missing', 2, 'ignoreDifferences: [{kind: Deployment, jsonPointers: [/spec/replicas]}]'],
    [
      'another name',
      2,
      'ignoreDifferences: [{group: apps, kind: Deployment, name: api, jsonPointers: [/spec/replicas]}]',
    ],
  ])('V8: %s is an error', (_, replicas, spec) => {
    expect(found(tree(replicas, spec), 'replicas-and-scaler').filter((one) => one.startsWith('error'))).toEqual([
      `error spec.replicas is ${replicas}, though HorizontalPodAutoscaler web scales it, and Application shop does not ignore it`,
    ]);
  });

  test('V8: ignored and respected, replicas in Git are what a new cluster starts with', () => {
    const spec = 'ignoreDifferences: [{group: apps, kind: Deployment, name: web, jsonPointers: [/spec/replicas]}]';
    expect(found(tree(2, spec), 'replicas-and-scaler')).toEqual([]);
  });

  test('V8: replicas 1 and a minimum of 2 without Argo CD are a warning', () => {
    expect(found(sampleDocuments(sampleDeployment('replicas: 1'), bounds(2, 6)), 'replicas-and-scaler')).toEqual([
      'warning spec.replicas is 1, though HorizontalPodAutoscaler web scales it from 2 on: each apply sets it back',
    ]);
  });

  const keda = sampleObject(
    'keda.sh/v1alpha1',
    'ScaledObject',
    'scaleTargetRef: {name: web}\nminReplicaCount: 2\nmaxReplicaCount: 6\ntriggers: [{type: cron, metadata: {timezone: Etc/UTC, start: 0 7 * * *, end: 0 20 * * *, desiredReplicas: "3"}}]',
  );

  test.each([
    ['a ScaledObject and an autoscaler', bounds(2, 6)],
    ['two ScaledObjects', named(keda, 'other')],
  ])('V9: %s on one Deployment are an error', (_, second) => {
    const [finding] = found(sampleDocuments(sampleDeployment(''), second, keda), 'two-scalers');
    expect(finding).toMatch(/^error spec.scaleTargetRef is scaled by \w+ (web|other) too/);
  });

  test('V24: a custom kind as target is information, not a dangling reference', () => {
    const text = bounds(2, 6).replace('apps/v1', 'example.org/v1').replace('kind: Deployment', 'kind: Shop');
    expect(found(sampleDocuments(sampleDeployment(''), text), 'scale-target')).toEqual([
      'info spec.scaleTargetRef names a Shop of example.org/v1: whether it is there and can be scaled is not checked',
    ]);
  });

  test.each([1, 0])('V26: minAvailable 1 with replicas %s is an error that proposes maxUnavailable', (replicas) => {
    const text = sampleDocuments(sampleDeployment(`replicas: ${replicas}`), budget('minAvailable: 1'));
    const [finding] = checkText(text).findings.filter(({ rule }) => rule === 'budget-at-scale');
    expect(finding).toMatchObject({
      severity: 'error',
      fix: 'write maxUnavailable: 1, which fits every number of replicas',
    });
  });
});

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

describe('table C: what a set can tell', () => {
  const utilization = (type: string, container = ''): string =>
    `metrics: [{type: ${type}, ${type.charAt(0).toLowerCase()}${type.slice(1)}: {name: cpu, ${container}target: {type: Utilization, averageUtilization: 60}}}]`;
  const requesting = `${sampleDeployment('')}          resources: {requests: {cpu: 250m}}\n`;
  const injected = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio-injection: enabled}}\n';
  const withProxy = (...sizes: readonly string[]): string =>
    inNamespace(requesting, 'shop').replace(
      '      labels:\n        app: web',
      `      annotations:\n${sizes.map((size) => `        sidecar.istio.io/${size}: 100m\n`).join('')}      labels:\n        app: web`,
    );
  const scaled = (metric: string): string => inNamespace(sampleAutoscaler(metric), 'shop');

  test('C6: a proxy with only its memory set makes the metric unknown', () => {
    const text = sampleDocuments(injected, withProxy('proxyMemory'), scaled(utilization('Resource')));
    expect(found(text, 'scaler-needs-requests')).toEqual([
      'error spec.metrics[0].resource needs a request for cpu in istio-proxy of Deployment web',
    ]);
  });

  test('C6: with its cpu set, or a metric of one container, it is fine', () => {
    const cpu = sampleDocuments(injected, withProxy('proxyCPU', 'proxyMemory'), scaled(utilization('Resource')));
    const own = sampleDocuments(
      injected,
      withProxy('proxyMemory'),
      scaled(utilization('ContainerResource', 'container: web, ')),
    );
    expect([found(cpu, 'scaler-needs-requests'), found(own, 'scaler-needs-requests')]).toEqual([[], []]);
  });

  const vertical = (mode: string): string =>
    sampleObject(
      'autoscaling.k8s.io/v1',
      'VerticalPodAutoscaler',
      `targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\nupdatePolicy: {updateMode: "${mode}"}`,
    );

  test('C8: Recreate beside an autoscaler on cpu is an error, Off is fine', () => {
    const beside = (mode: string): readonly string[] =>
      found(sampleDocuments(requesting, sampleAutoscaler(utilization('Resource')), vertical(mode)), 'vpa-with-hpa');
    expect(beside('Recreate')).toEqual(['error spec sets cpu of web, by which HorizontalPodAutoscaler web scales']);
    expect(beside('Off')).toEqual([]);
  });

  test('C12: a budget with room at the maximum and none at the minimum is an error', () => {
    // 80 % of 3 pods is 2.4, rounded up 3: none of 3 may go. Of 10 pods 8 must stay, and 2 may go.
    const text = sampleDocuments(sampleDeployment(''), bounds(3, 10), budget('minAvailable: 80%'));
    expect(found(text, 'budget-at-scale')).toEqual([
      'error spec.minAvailable is 80%: at the minimum of 3 pods none may be evicted',
    ]);
  });
});
