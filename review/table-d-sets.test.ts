import { deployment, inShort, object, reviewed } from '../testing/reviewed';
import { renderMarkdown, COMMENT_LIMIT } from './output/markdown';
import { renderText } from './output/text';

const resources = (cpu: string, memory: string): string =>
  deployment(`resources: { limits: { cpu: ${cpu}, memory: ${memory} }, requests: { cpu: ${cpu}, memory: ${memory} } }`);

describe('table D: what other tools get wrong, of whole sets and what can not be undone', () => {
  const many = (count: number, label: string, value: string, more = ''): string =>
    Array.from(
      { length: count },
      (_, index) =>
        `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: config-${index}, namespace: shop, labels: { ${label}: "${value}" } }\ndata: { index: "${index}${index === 7 ? more : ''}" }\n`,
    ).join('---\n');

  test('D19: one key twice is an error with both lines; a variable twice is a finding', () => {
    const twice = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels:\n    app: a\n    app: b\n';
    expect(() => reviewed('', twice)).toThrow('app/all.yaml:7 has the key "app" twice in one map, on lines 6 and 7');
    const env = (list: string): string => deployment(`env: [${list}]`);
    const result = reviewed(env('{ name: A, value: "1" }'), env('{ name: A, value: "1" }, { name: A, value: "2" }'));
    expect(result.findings.introduced).toMatchObject([{ rule: 'duplicate-env' }]);
  });

  test('D21: other line endings are said to be only that', () => {
    const text = `${deployment('')}---\n${object('v1', 'ConfigMap', 'data:\n  a: |\n    one\n    two')}`;
    const result = reviewed(text, text.replaceAll('\n', '\r\n'));
    expect(result.changes).toEqual([]);
    expect(result.notes).toEqual(['1 file differs in line endings only']);
  });

  test('D22: a Secret shows which keys changed and never a value', () => {
    const secret = (data: string): string => object('v1', 'Secret', `data: { ${data} }`);
    const [password, other] = ['aHVudGVyMg==', 'cGFzc3dvcmQx'];
    const result = reviewed(secret(`user: YWJj, password: ${password}`), secret(`password: ${other}`));
    expect(inShort(result)).toEqual([
      'low changed Secret/thing',
      '  data.password: null → null [other]',
      '  data.user: null → null [other]',
    ]);
    const [changed, gone] = result.changes[0]?.fields ?? [];
    expect(changed?.digest?.before).toMatch(/^[0-9a-f]{8}$/);
    expect(changed?.digest?.after).not.toBe(changed?.digest?.before);
    expect(gone?.digest).toEqual({ before: expect.any(String) as string, after: null });
    const everything =
      JSON.stringify(result) + renderText(result, { color: false, title: '' }) + renderMarkdown(result, { title: '' });
    for (const value of [password, other, 'hunter2', 'password1', 'YWJj']) expect(everything).not.toContain(value);
  });

  test('D24: 7,581 changed files fit a comment, the riskiest stays, and what is left out is said', () => {
    const files = (memory: string, value: string): Record<string, string> => ({
      ...Object.fromEntries(
        Array.from({ length: 7580 }, (_, index) => [
          `apps/${index}/config.yaml`,
          object('v1', 'ConfigMap', `data: { key: "${value} ${index} ${'x'.repeat(60)}" }`, `c-${index}`),
        ]),
      ),
      'apps/zz/web.yaml': resources('1', memory),
    });
    const markdown = renderMarkdown(reviewed(files('2Gi', 'old'), files('1Gi', 'new')), { title: 'BASE → HEAD' });
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(Buffer.byteLength(markdown)).toBeGreaterThan(40_000);
    expect(markdown.indexOf('memory limit falls 2Gi → 1Gi')).toBeLessThan(2_000);
    expect(markdown).toMatch(/\*\*\d+ changes are not shown here\*\* \(0 high, 0 medium, \d+ low, 0 without effect\)/);
  });

  test('D25: a folder that loses its objects is of high risk, with the list of what goes', () => {
    const files = (names: readonly string[]): Record<string, string> => ({
      'keep/a.yaml': object('v1', 'ConfigMap', 'data: {}', 'keep'),
      ...Object.fromEntries(
        names.map((name) => [`phase/${name}.yaml`, object('v1', 'ConfigMap', `data: { is: ${name} }`, name)]),
      ),
    });
    const result = reviewed(files(['a', 'b', 'c', 'd', 'e']), files([]));
    expect(result.changes.map(({ kind, risk, object: { name } }) => `${risk} ${kind} ${name}`)).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((name) => `high removed ${name}`),
    );
    expect(result.changes[0]?.reasons[0]).toBe('phase has no object any more, before 5: is the folder meant to go?');
    const half = reviewed(files(['a', 'b', 'c', 'd', 'e']), files(['a']));
    expect(half.changes[0]?.reasons[0]).toContain('phase loses 4 of 5 objects');
    expect(reviewed(files(['a', 'b', 'c', 'd', 'e']), files(['a', 'b', 'c', 'd'])).changes[0]?.risk).toBe('low');
  });

  test('D26: fields that can not be changed in place', () => {
    const selector = deployment('').replace('matchLabels: { app: web }', 'matchLabels: { app: web, version: v2 }');
    const result = reviewed(deployment(''), selector);
    expect(inShort(result)).toEqual([
      'high changed Deployment/web',
      '  spec.selector.matchLabels.version: null → "v2" [recreate]',
    ]);
    const cases: readonly (readonly [string, string, string, string])[] = [
      [
        'v1',
        'PersistentVolumeClaim',
        'spec: { storageClassName: fast, resources: { requests: { storage: 1Gi } } }',
        'spec: { storageClassName: slow, resources: { requests: { storage: 1Gi } } }',
      ],
      [
        'v1',
        'PersistentVolumeClaim',
        'spec: { resources: { requests: { storage: 2Gi } } }',
        'spec: { resources: { requests: { storage: 1Gi } } }',
      ],
      ['v1', 'Service', 'spec: { clusterIP: None, ports: [{ port: 80 }] }', 'spec: { ports: [{ port: 80 }] }'],
      [
        'batch/v1',
        'Job',
        'spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: "a:1" }] } } }',
        'spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: "a:2" }] } } }',
      ],
      ['apps/v1', 'StatefulSet', 'spec: { serviceName: a }', 'spec: { serviceName: b }'],
      ['storage.k8s.io/v1', 'StorageClass', 'parameters: { type: ssd }', 'parameters: { type: hdd }'],
      ['scheduling.k8s.io/v1', 'PriorityClass', 'value: 1', 'value: 2'],
    ];
    for (const [apiVersion, kind, before, after] of cases) {
      const [change] = reviewed(object(apiVersion, kind, before), object(apiVersion, kind, after)).changes;
      expect([kind, change?.risk, change?.fields[0]?.effect]).toEqual([kind, 'high', 'recreate']);
    }
    // Growing a claim is allowed.
    const claim = (size: string): string =>
      object('v1', 'PersistentVolumeClaim', `spec: { resources: { requests: { storage: ${size} } } }`);
    expect(reviewed(claim('1Gi'), claim('2Gi')).changes[0]?.risk).toBe('low');
  });

  test('D28: a definition that client-side apply can not write, and its fields in one entry', () => {
    const definition = (fields: number, kind = 'string'): string => {
      const properties = Array.from(
        { length: fields },
        (_, index) => `                field${index}: { type: ${kind}, description: ${'x'.repeat(200)} }`,
      );
      return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: shops.example.org }
spec:
  group: example.org
  scope: Namespaced
  names: { kind: Shop, plural: shops }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
${properties.join('\n')}
`;
    };
    const application = object(
      'argoproj.io/v1alpha1',
      'Application',
      'spec: { project: p, destination: { server: s, namespace: n }, source: { repoURL: r, path: app }, syncPolicy: { syncOptions: [ServerSideApply=true] } }',
    );
    const result = reviewed(definition(10), definition(1500));
    expect(result.changes).toHaveLength(1);
    expect(result.changes[0]?.risk).toBe('high');
    expect(result.changes[0]?.reasons.join()).toMatch(/is 3\d\d,\d{3} bytes: without ServerSideApply=true/);
    expect(result.changes[0]?.reasons.join()).toContain('schema: 1490 fields added, 0 fields removed');
    expect(renderText(result, { color: false, title: '' }).split('\n').length).toBeLessThan(40);
    const files = (crd: string): Record<string, string> => ({ 'app/crd.yaml': crd, 'argocd/app.yaml': application });
    expect(reviewed(files(definition(10)), files(definition(1500))).changes[0]?.risk).toBe('low');
  });

  test('D29: a chart label on all objects is one folded line', () => {
    const result = reviewed(many(200, 'helm.sh/chart', 'web-1.0.0'), many(200, 'helm.sh/chart', 'web-1.0.1'));
    expect(result.changes).toHaveLength(1);
    expect(result.changes[0]?.places).toHaveLength(200);
    expect(renderText(result, { color: false, title: '' })).toContain(
      'LOW changed 200 objects: ConfigMap shop/config-0 and 199 more',
    );
  });
});
