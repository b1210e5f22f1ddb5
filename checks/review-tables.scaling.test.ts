import { checkText } from './check-text';
import { sampleAutoscaler, sampleDeployment, sampleDocuments, sampleFiles, sampleObject } from './samples';

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
