import { checkText } from '../check-text';
import { sampleObject, samplePod } from '../samples';
import { render, type Format } from './formats';

const TEXT = `${samplePod('imagePulPolicy: Always\nenv:\n  - name: DB_PASSWORD\n    value: hunter2')}---\n${sampleObject('example.org/v1', 'Shop', '')}---\n- no object\n`;
const show = (format: Format, text = TEXT): Promise<string> =>
  render(checkText(text), format, { show: 'warning', color: false });

test('text names object, file and line, field, what is wrong and what to do', async () => {
  const text = await show('text');
  expect(text).toContain(`Pod web
  sample.yaml:7 warning missing-resources
    spec.containers[name=web].resources lacks requests.cpu, requests.memory, limits.memory`);
  expect(text).toContain(`  sample.yaml:9 error schema
    spec.containers[name=web].imagePulPolicy is not a known field
    fix: did you mean "imagePullPolicy"?
`);
  expect(text).toContain('No schema is known for example.org/v1 Shop (1)');
  expect(text).toContain('2 objects in 1 file checked, 1 document skipped that is no Kubernetes object: 1 error');
});

test('text has colour where it is asked for', async () => {
  const escape = '\u001b[';
  expect(await show('text')).not.toContain(escape);
  expect(await render(checkText(TEXT), 'text', { show: 'warning', color: true })).toContain(escape);
});

test('JSON has exactly the documented fields', async () => {
  const json = JSON.parse(await show('json')) as Record<string, unknown> & { findings: Record<string, unknown>[] };
  expect(Object.keys(json)).toEqual(['version', 'objects', 'skipped', 'findings', 'waived', 'unknownKinds']);
  expect([json.version, json.objects, json.skipped]).toEqual([1, 2, 1]);
  for (const finding of json.findings) {
    expect(Object.keys(finding)).toEqual(['rule', 'severity', 'object', 'path', 'message', 'fix', 'file', 'line']);
    expect(Object.keys(finding.object as object)).toEqual(['apiVersion', 'kind', 'namespace', 'name']);
  }
});

test('Markdown is a table whose cells can not break out', async () => {
  const markdown = await show('markdown', samplePod('"a|b<img src=x>`@team`": 1'));
  expect(markdown).toContain('| error | schema | Pod web |');
  expect(markdown).not.toMatch(/<img|[^\\]@team/);
});

test('JUnit is well-formed and counts errors as failures', async () => {
  const junit = await show('junit', samplePod('"a<b&\\"c": 1'));
  expect(junit).toContain('<testsuite name="sample.yaml" tests="1" failures="1">');
  expect(junit).toContain('a&lt;b&amp;');
  expect(junit.match(/<failure /g)).toHaveLength(1);
});

test.each<Format>(['text', 'json', 'markdown', 'sarif', 'junit'])('%s never shows a secret', async (format) => {
  expect(
    await show(format, `${TEXT}---\napiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {a: 4711}\n`),
  ).not.toMatch(/hunter2|4711/);
});
