import { loadSchemas } from '../model/schema/load';
import { checkText } from './check-text';
import { checkSources, type Source } from './engine';
import { sampleDeployment, sampleObject, samplePod } from './samples';

function check(files: Record<string, string>, root = '.'): ReturnType<typeof checkSources> {
  const sources: Source[] = Object.entries(files).map(([name, text]) => ({ name, root, isNamed: false, text }));
  return checkSources(sources, loadSchemas(), { target: 'both', today: '2026-01-01', waivers: [], schemaOnly: false });
}

const rules = (result: ReturnType<typeof checkSources>, rule: string): readonly string[] =>
  result.findings.filter((finding) => finding.rule === rule).map(({ severity, message }) => `${severity}: ${message}`);

describe('schemas', () => {
  test('an unknown field names the nearest known one, its line and its path', () => {
    const [finding] = checkText(samplePod('imagePulPolicy: Always')).findings.filter(({ rule }) => rule === 'schema');
    expect(finding).toEqual({
      rule: 'schema',
      severity: 'error',
      object: { apiVersion: 'v1', kind: 'Pod', namespace: '', name: 'web' },
      path: 'spec.containers[name=web].imagePulPolicy',
      message: 'is not a known field',
      fix: 'did you mean "imagePullPolicy"?',
      file: 'sample.yaml',
      line: 9,
    });
  });

  test("a field that only today's Kubernetes has is a warning that names the version", () => {
    const text = samplePod('lifecycle:\n  preStop:\n    sleep:\n      seconds: 5');
    expect(rules(checkText(text), 'schema')).toEqual([
      'warning: is not a known field on Kubernetes 1.28 and its operators (floor)',
    ]);
    expect(rules(checkText(text, { target: 'floor' }), 'schema')).toEqual(['error: is not a known field']);
    expect(rules(checkText(text, { target: 'current' }), 'schema')).toEqual([]);
  });

  test('a CRD of the tree is the schema of its objects, wherever it stands', () => {
    const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shops.example.org}
spec:
  group: example.org
  names: {kind: Shop, plural: shops}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {type: object, properties: {size: {type: integer}}}
`;
    const shop = sampleObject('example.org/v1', 'Shop', 'size: big\ncolour: red');
    expect(rules(check({ 'a.yaml': shop, 'z.yaml': crd }), 'schema')).toEqual([
      'error: is the text "big", must be a whole number',
      'error: is not a known field',
    ]);
    expect(check({ 'a.yaml': shop }).unknownKinds).toEqual([{ apiVersion: 'example.org/v1', kind: 'Shop', count: 1 }]);
  });

  test.each([
    ['extensions/v1beta1', 'Ingress', 'error: extensions/v1beta1 of Ingress is not served since Kubernetes 1.22'],
    [
      'flowcontrol.apiserver.k8s.io/v1beta3',
      'FlowSchema',
      'error: flowcontrol.apiserver.k8s.io/v1beta3 of FlowSchema is not served since Kubernetes 1.32, though Kubernetes 1.28 still does',
    ],
    ['apps/v1', 'Deploymnt', 'error: apps/v1 has no kind Deploymnt'],
    ['apps/v2', 'Deployment', 'error: apps/v2 of Deployment is served by none of the versions checked'],
    [
      'kueue.x-k8s.io/v1beta2',
      'LocalQueue',
      'info: kueue.x-k8s.io/v1beta2 of LocalQueue is not served by Kubernetes 1.28 and its operators (floor)',
    ],
  ])('%s %s', (apiVersion, kind, message) => {
    expect(rules(checkText(sampleObject(apiVersion, kind, '')), 'api-version')).toEqual([message]);
  });

  test('a value of a Secret is in no message', () => {
    const text =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {password: 12345}\nstringData: {token: "hunter2"}\ntype: [x]\n';
    const printed = JSON.stringify(checkText(text));
    expect(printed).not.toMatch(/12345|hunter2/);
    expect(printed).toContain('is a value, must be text');
  });
});

describe('duplicates', () => {
  const namespace = sampleObject('v1', 'Namespace', '');

  test('twice in one folder is an error that names the other file', () => {
    expect(rules(check({ 'd/a.yaml': namespace, 'd/b.yaml': namespace }), 'duplicate-object')).toEqual([
      'error: is already in d/a.yaml, line 1',
    ]);
  });

  test('in two folders of one PATH it is a warning that names both', () => {
    expect(rules(check({ 'base/a.yaml': namespace, 'prod/a.yaml': namespace }), 'duplicate-object')).toEqual([
      'warning: is also in base/a.yaml, line 1',
    ]);
  });

  test('where there are Applications, each of them is a set of its own', () => {
    const application = (name: string): string =>
      sampleObject(
        'argoproj.io/v1alpha1',
        'Application',
        `project: a\nsource: {repoURL: https://git.example.org/a.git, path: dist/${name}}\ndestination: {namespace: a}`,
      ).replace('name: web', `name: ${name}`);
    const files = {
      'apps/a.yaml': application('one'),
      'apps/b.yaml': application('two'),
      'dist/one/x.yaml': namespace,
      'dist/two/x.yaml': namespace,
    };
    expect(rules(check(files), 'duplicate-object')).toEqual([]);
  });

  test('the group, not the version, makes the identity', () => {
    const hpa = (version: string): string =>
      sampleObject(
        `autoscaling/${version}`,
        'HorizontalPodAutoscaler',
        'maxReplicas: 3\nscaleTargetRef: {kind: Deployment, name: web}',
      );
    expect(rules(checkText(`${hpa('v1')}---\n${hpa('v2')}`), 'duplicate-object')).toHaveLength(1);
  });
});

describe('waivers', () => {
  const pod = (value: string): string =>
    samplePod('').replace(
      'name: web\nspec',
      `name: web\n  annotations:\n    aia.io/waive.image-digest: "${value}"\nspec`,
    );

  test('a waived finding is listed with its reason and no finding', () => {
    const result = checkText(pod('not built yet; until 2026-01-01'));
    expect(rules(result, 'image-digest')).toEqual([]);
    expect(result.waived.map(({ rule, reason, until }) => [rule, reason, until])).toEqual([
      ['image-digest', 'not built yet', '2026-01-01'],
    ]);
  });

  test('the day after its last it is a warning, and the finding is back', () => {
    const result = checkText(pod('not built yet; until 2025-12-31'));
    expect(rules(result, 'image-digest')).toHaveLength(1);
    expect(rules(result, 'waiver')).toHaveLength(1);
  });

  test.each(['because', 'because; until 2026-02-30', '; until 2027-01-01'])(
    '"%s" waives nothing and says so',
    (value) => {
      expect(rules(checkText(pod(value)), 'waiver')).toEqual([
        'warning: waives nothing: reason or last day is missing',
      ]);
    },
  );

  test('a waivers file names objects by kind, namespace and name, with stars', () => {
    const waivers = [{ rule: 'image-digest', object: 'Pod/*', reason: 'none yet', until: '2027-01-01' }];
    expect(checkText(samplePod(''), { waivers }).waived).toHaveLength(1);
    expect(checkText(sampleDeployment(''), { waivers }).waived).toHaveLength(0);
  });

  test('a waiver is no platform data', () => {
    expect(checkText(pod('x; until 2027-01-01')).hasPlatformData).toBe(false);
  });
});

test('kustomize patches are parts of objects and are not checked', () => {
  const result = check({
    'prod/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches:\n  - path: replicas.yaml\n',
    'prod/replicas.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}\n',
  });
  expect([result.objects, result.skipped, result.findings]).toEqual([0, 2, []]);
});

test('a malformed file is one finding, and the others are checked', () => {
  const result = check({ 'a.yaml': 'kind: Pod\na: [\n', 'b.yaml': samplePod('') });
  expect(result.objects).toBe(1);
  expect(rules(result, 'yaml')).toHaveLength(1);
});

test('the same files give the same result', () => {
  const files = { 'b.yaml': samplePod(''), 'a.yaml': sampleDeployment('') };
  expect(JSON.stringify(check(files))).toBe(JSON.stringify(check(files)));
});
