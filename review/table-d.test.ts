import { deployment, inShort, object, reviewed } from '../testing/reviewed';
import { renderText } from './output/text';
import type { Review } from './review-model';

const resources = (cpu: string, memory: string): string =>
  deployment(`resources: { limits: { cpu: ${cpu}, memory: ${memory} }, requests: { cpu: ${cpu}, memory: ${memory} } }`);

/** No change that means something. */
function expectNoEffect(result: Review): void {
  expect(result.changes.filter(({ risk }) => risk !== 'none')).toEqual([]);
  expect(result.changes.flatMap(({ fields }) => fields.filter(({ effect }) => effect !== 'none'))).toEqual([]);
}

describe('table D: what other tools get wrong', () => {
  test('D1: one amount in other spellings is no change', () => {
    expectNoEffect(reviewed(resources('1000m', '3072Mi'), resources('"1"', '3Gi')));
    expectNoEffect(reviewed(resources('"1"', '3Gi'), resources('1', '3Gi')));
  });

  test('D2: 1000M is 1G, but not 1000Mi', () => {
    const set = (memory: string): string =>
      object(
        'apps/v1',
        'StatefulSet',
        `spec:
  serviceName: thing
  selector: { matchLabels: { app: thing } }
  template:
    metadata: { labels: { app: thing } }
    spec: { containers: [{ name: web, image: "web:1", resources: { requests: { cpu: 1000m, memory: ${memory} } } }] }`,
      );
    expectNoEffect(reviewed(set('1000M'), set('1G')));
    // 1000 · 1024² / 1000³ = 1.048576
    expect(inShort(reviewed(set('1000M'), set('1000Mi')))).toEqual([
      'medium changed StatefulSet/thing',
      '  spec.template.spec.containers[name=web].resources.requests.memory: "1000M" → "1000Mi" [restart]',
    ]);
  });

  test('D4: a divisor that is written out is no effective change', () => {
    const env = (more: string): string =>
      deployment(`env: [{ name: CPU, valueFrom: { resourceFieldRef: { resource: limits.cpu${more} } } }]`);
    expectNoEffect(reviewed(env(''), env(', divisor: "0"')));
  });

  test('D5: metrics of an autoscaler in another order are no change', () => {
    const metric = (name: string): string =>
      `{ type: Resource, resource: { name: ${name}, target: { type: Utilization, averageUtilization: 60 } } }`;
    const hpa = (metrics: string[]): string =>
      object(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        `spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, minReplicas: 2, maxReplicas: 4, metrics: [${metrics.join(', ')}] }`,
      );
    expect(reviewed(hpa([metric('cpu'), metric('memory')]), hpa([metric('memory'), metric('cpu')])).changes).toEqual(
      [],
    );
  });

  test('D6: a ConfigMap with a generated name is renamed, and the Deployment rolls out', () => {
    const config = (name: string, level: string): string =>
      object('v1', 'ConfigMap', `data:\n  app.conf: |\n    [log]\n    level = ${level}\n    color = no`, name);
    const user = (name: string): string =>
      deployment('').replace(
        '      containers:',
        `      volumes: [{ name: conf, configMap: { name: ${name} } }]\n      containers:`,
      );
    const result = reviewed(
      [config('app-57k69', 'info'), user('app-57k69')].join('---\n'),
      [config('app-97t26', 'debug'), user('app-97t26')].join('---\n'),
    );
    expect(inShort(result)).toEqual([
      'medium changed Deployment/web',
      '  spec.template.spec.volumes[name=conf].configMap.name: "app-57k69" → "app-97t26" [restart]',
      'low renamed ConfigMap/app-97t26',
      '  data["app.conf"]: "[log]\\nlevel = info\\ncolor = no\\n" → "[log]\\nlevel = debug\\ncolor = no\\n" [other]',
      '  metadata.name: "app-57k69" → "app-97t26" [other]',
    ]);
    expect(result.changes[1]?.from).toMatchObject({ kind: 'ConfigMap', name: 'app-57k69', place: 'app' });
    const text = renderText(result, { color: false, title: 'BASE → HEAD' });
    expect(text).toContain('      - level = info\n      + level = debug\n');
  });

  const many = (count: number, label: string, value: string, more = ''): string =>
    Array.from(
      { length: count },
      (_, index) =>
        `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: config-${index}, namespace: shop, labels: { ${label}: "${value}" } }\ndata: { index: "${index}${index === 7 ? more : ''}" }\n`,
    ).join('---\n');

  test('D8: a label that changes on 15 objects is one entry, and what else changes is another', () => {
    expect(inShort(reviewed(many(15, 'version', '1.0'), many(15, 'version', '1.1', '!')))).toEqual([
      'low changed ConfigMap/config-0 in 15',
      '  metadata.labels.version: "1.0" → "1.1" [other]',
      'low changed ConfigMap/config-7',
      '  data.index: "7" → "7!" [other]',
    ]);
  });

  test('D10: a certificate and a nested document in a block are one object each', () => {
    const pem = object(
      'v1',
      'ConfigMap',
      'data:\n  ca.crt: |\n    -----BEGIN CERTIFICATE-----\n    MIIB\n    -----END CERTIFICATE-----',
      'ca',
    );
    const nested =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: nested\n  annotations:\n    last: |\n      ---\n      kind: Pod\n      ---\ndata: {}\n';
    const result = reviewed('', `${pem}---\n${nested}`);
    expect(result.objects).toEqual({ base: 0, head: 2 });
    expect(result.changes.map(({ object: { name } }) => name).sort()).toEqual(['ca', 'nested']);
  });

  test('D11: separators with nothing or a comment between them count no object', () => {
    const text = `---\n\n---\n# nothing\n---\n${object('v1', 'ConfigMap', 'data: {}', 'one')}---\n---\n${object('v1', 'ConfigMap', 'data: {}', 'two')}---\n`;
    expect(reviewed({ 'a.yaml': '---\n' }, { 'a.yaml': text, 'b.yaml': '---\n' }).objects).toEqual({
      base: 0,
      head: 2,
    });
  });

  test('D12: yes, on and y in quotes are text, without quotes they are not', () => {
    const env = (value: string): string => deployment(`env: [{ name: A, value: ${value} }]`);
    for (const word of ['yes', 'on', 'y']) {
      expect(reviewed(env(`"${word}"`), env(`'${word}'`)).changes).toEqual([]);
      expect(inShort(reviewed(env(`"${word}"`), env(word)))).toEqual([
        'medium changed Deployment/web',
        `  spec.template.spec.containers[name=web].env[name=A].value: "${word}" → true [restart]`,
      ]);
    }
  });

  test('D14: 0555 is 365, and 555 is another mode', () => {
    const mode = (value: string): string =>
      deployment('').replace(
        '      containers:',
        `      volumes: [{ name: c, configMap: { name: c, defaultMode: ${value} } }]\n      containers:`,
      );
    expect(reviewed(mode('0555'), mode('365')).changes).toEqual([]);
    const result = reviewed(mode('0555'), mode('555'));
    expect(inShort(result)[1]).toBe('  spec.template.spec.volumes[name=c].configMap.defaultMode: 365 → 555 [restart]');
    expect(result.findings.introduced.map(({ rule }) => rule)).toContain('file-mode');
  });

  test('D15: tags and hashes that look like numbers keep every character', () => {
    const labels = (tag: string): string =>
      object('v1', 'ConfigMap', `data: { tag: "${tag}" }`).replace(
        'namespace: shop',
        `namespace: shop, labels: { v: "72225e2", s: "5319e7" }`,
      );
    expect(inShort(reviewed(labels('0192117'), labels('0192118')))[1]).toBe(
      '  data.tag: "0192117" → "0192118" [other]',
    );
    expect(reviewed(labels('0192117'), labels('0192117').replaceAll('"', "'")).changes).toEqual([]);
  });

  test('D17: documents in another order are nothing; a lost final newline is a change of its own', () => {
    const [one, two] = [
      object('v1', 'ConfigMap', 'data: {a: b}', 'one'),
      object('v1', 'ConfigMap', 'data: {a: b}', 'two'),
    ];
    expect(reviewed(`${one}---\n${two}`, `${two}---\n${one}`).changes).toEqual([]);
    const text = (style: string): string => object('v1', 'ConfigMap', `data:\n  motd: ${style}\n    hello`);
    const result = reviewed(text('|'), text('|-'));
    expect(inShort(result)).toEqual(['low changed ConfigMap/thing', '  data.motd: "hello\\n" → "hello" [other]']);
    expect(renderText(result, { color: false, title: '' })).toContain('+ hello (no newline at the end)');
  });
});
