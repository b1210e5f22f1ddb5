import { HOSTILE } from '../../../testing/hostile';
import { deployment, object, reviewed, treeOf } from '../../../testing/reviewed';
import { review } from '../../review';
import { isAtLeastRisk, type Review } from '../../review-model';
import { renderHtml } from './review-page';

const title = 'BASE → HEAD';

/** What a reader sees: the text between the tags. */
function words(html: string): string {
  return html
    .replace(/^[\s\S]*<main/, '<main')
    .replace(/<script>[\s\S]*$/, '')
    .replace(/<[^>]*>/g, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

const page = (review: Review): string => renderHtml(review, { title, objectOf: () => undefined });

/** The page with objects that come and go, as the command makes it. */
function wholePage(base: string, head: string): string {
  const { review: result, objectOf } = review(treeOf('BASE', base), treeOf('HEAD', head), { today: '2026-01-01' });
  return renderHtml(result, { title, objectOf });
}

test('the verdict comes first, and every change is there with its fields, before and after', () => {
  const head = deployment('resources: { limits: { memory: 4Gi } }', 'replicas: 0');
  const html = page(reviewed(deployment('resources: { limits: { memory: 2Gi } }'), head));
  expect(html).toMatch(/<p class="verdict high">Do not approve before you have read 1 change of high risk/);
  // By name under the verdict, before anything else.
  expect(html.slice(0, html.indexOf('id="measures"') + html.indexOf('id="changes"'))).toMatch(
    /<li><strong>changed Deployment shop\/web<\/strong>/,
  );
  expect(words(html)).toMatch(/Deployment shop\/web/);
  expect(html).toContain('spec.template.spec.containers[name=web].resources.limits.memory');
  expect(html).toContain('<del>2Gi</del><ins>4Gi</ins>');
  expect(html).toContain('<del>3</del><ins>0</ins>');
});

test('lines of a text stand next to those that took their place; the same lines around them are there once', () => {
  const config = (line: string): string => object('v1', 'ConfigMap', `data: { file: "one\\n${line}\\nthree\\n" }`);
  const html = page(reviewed(config('two'), config('zwei')));
  expect(html).toContain(
    '<div class="line"><span class="both">one</span></div>' +
      '<div class="line"><del>two</del><ins>zwei</ins></div>' +
      '<div class="line"><span class="both">three</span></div>',
  );
});

test('objects that one entry speaks for are all named', () => {
  const all = (image: string): string =>
    ['one', 'two', 'three', 'four']
      .map((name) => deployment(`env: [{ name: A, value: ${image} }]`, '', name))
      .join('---\n');
  const html = page(reviewed(all('a'), all('b')));
  expect(html.match(/data-item/g)?.length).toBeLessThan(4);
  for (const name of ['one', 'two', 'three', 'four']) expect(words(html)).toContain(`Deployment shop/${name}`);
});

test('a part of an object that comes or goes is shown as the YAML that it is', () => {
  const env = 'env: [{ name: MODE, value: fast }]';
  const html = page(reviewed(deployment(''), deployment(env)));
  expect(html).toMatch(/<ins>(- )?name: MODE\n *value: fast<\/ins>/);
});

test('lines that only come leave an empty place on the other side', () => {
  const config = (text: string): string => object('v1', 'ConfigMap', `data: { file: "${text}" }`);
  const html = page(reviewed(config('one\\n'), config('one\\ntwo\\n')));
  expect(html).toContain('<div class="line"><span class="gone"></span><ins>two</ins></div>');
});

test('the value of a Secret is nowhere in the page', () => {
  const secret = (value: string): string => object('v1', 'Secret', `stringData: { password: ${value} }`);
  const html = page(reviewed(secret('correct-horse'), secret('battery-staple')));
  expect(html).toContain('stringData.password');
  expect(html).not.toMatch(/correct-horse|battery-staple/);
  const encoded = Buffer.from('correct-horse').toString('base64');
  expect(page(reviewed(secret('a'), object('v1', 'Secret', `data: { password: ${encoded} }`)))).not.toContain(encoded);
});

test('an object that comes or goes is there to be read, with all but its secrets', () => {
  const secret = object('v1', 'Secret', 'stringData: { password: correct-horse }', 'keys');
  const env = 'env: [{ name: DB_PASSWORD, value: battery-staple }, { name: MODE, value: fast }]';
  const html = wholePage(deployment('', '', 'old'), `${secret}---\n${deployment(env, '', 'new')}`);
  expect(html).toContain('<ins>kind: Secret</ins>');
  expect(html).toContain('<ins>  password: (secret)</ins>');
  expect(html).toMatch(/<ins> *value: fast<\/ins>/);
  expect(html).toContain('<del>  name: old</del>');
  expect(html).not.toMatch(/correct-horse|battery-staple/);
});

test('names and values of a hostile manifest stay text', () => {
  const config = (value: string): string =>
    object('v1', 'ConfigMap', `data: { file: ${JSON.stringify(value)} }`, JSON.stringify(HOSTILE));
  const html = page(reviewed(config('a'), config(HOSTILE)));
  expect(words(html)).toContain(HOSTILE.slice(0, 20));
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).not.toMatch(/<img/);
});

const row = (way: string, from: string, to: string, port: string): string =>
  `<th scope="row">${way}</th><td data-label="From">${from}</td><td data-label="To">${to}</td><td data-label="Port">${port}</td>`;

test('ways that open and close are a map and a table', () => {
  const policy = (from: string): string =>
    object(
      'networking.k8s.io/v1',
      'NetworkPolicy',
      `spec: { podSelector: { matchLabels: { app: store } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: ${from} } } }] }] }`,
      'store',
    );
  const all = (from: string): string =>
    ['store', 'web', 'batch'].map((name) => `${deployment('', 'replicas: 1', name)}---\n`).join('') + policy(from);
  const html = page(reviewed(all('web'), all('batch')));
  expect(html).toMatch(/class="edge edge-added"[^>]*data-from="shop\/batch" data-to="shop\/store"/);
  expect(html).toMatch(/class="edge edge-removed"[^>]*data-from="shop\/web" data-to="shop\/store"/);
  expect(html).toContain(row('opens', 'shop/batch', 'shop/store', 'every port'));
  expect(html).toContain(row('closes', 'shop/web', 'shop/store', 'every port'));
});

test('what asks for nothing is marked so that it can be hidden', () => {
  const review = reviewed(
    deployment('resources: { limits: { cpu: 1000m } }'),
    deployment('resources: { limits: { cpu: "1" } }'),
  );
  expect(review.changes.every(({ risk }) => !isAtLeastRisk(risk, 'low'))).toBe(true);
  expect(page(review)).toMatch(/data-risk="none"/);
});

test('two sides that are the same give a page that says so', () => {
  const html = page(reviewed(deployment(''), deployment('')));
  expect(words(html)).toContain('No object differs.');
  expect(html).not.toContain('id="changes"');
});
