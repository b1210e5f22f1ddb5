import { marked } from 'marked';
import { object, reviewed, type Files } from '../../testing/reviewed';
import { renderMarkdown } from './markdown';

const team = '@shop/admins';

/** The comment as a code host renders it: GitHub Flavored Markdown, HTML and all. */
function rendered(base: Files, head: Files): string {
  const html = marked.parse(renderMarkdown(reviewed(base, head), { title: 'BASE → HEAD' }), { gfm: true });
  return typeof html === 'string' ? html : '';
}

/** What stands outside of code, entities read: the text in which hosts look for mentions, issues and addresses. */
function prose(html: string): string {
  return html
    .replace(/<(code|pre)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** Tags that the comment may have; a name of an object must not add one. */
function tags(html: string): readonly string[] {
  return [...new Set([...html.matchAll(/<\/?([a-z0-9]+)|<!--/gi)].map(([tag, name]) => name ?? tag))].sort();
}

/** A comment whose object, field and namespace carry a text that a stranger chose. */
function withName(hostile: string): string {
  const thing = (data: unknown): string =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `a ${hostile}`, namespace: `b ${hostile}` },
      data,
    });
  const one = { 'x/a.json': thing({ key: 'old' }), 'x/b.yaml': object('v1', 'Secret', 'data: { a: Yg== }', 'gone') };
  return rendered(one, { 'x/a.json': thing({ [`key ${hostile}`]: hostile }) });
}

const harmless = tags(withName('nothing'));

const harmlessRows = (withName('nothing').match(/<tr>/g) ?? []).length;

test('a harmless comment has a heading, a table, folds with their fields, and lists of reasons and findings', () => {
  expect(harmless.join(' ')).toBe('b br code details h3 li p pre strong summary table tbody td th thead tr ul');
  expect(harmlessRows).toBeGreaterThan(1);
});

test.each([
  ['a mention', team],
  ['a mention as an entity', '&#64;shop'],
  ['an issue', 'see #1 and shop/other#2 and GH-3'],
  ['an address', 'https://evil.example/login and www.evil.example'],
  ['a link', '[Approve](https://evil.example)'],
  ['a picture', '![](https://evil.example/pixel.png)'],
  ['a tag', '<img src=x><b>Approve</b></summary></details>'],
  ['a marker', '<!-- aia comment: review -->'],
  ['a row of a table', 'a | b |\n| c | d |'],
  ['the end of a fence', '```\n\n# Approve\n\n```'],
  ['the end of a code span', '` <b>Approve</b> `'],
  ['an empty line', 'x\n\n# Approve\n\n@shop/admins [a](https://evil.example)'],
  ['an empty line of another system', 'x\r\r# Approve\r\n\r\n<b>@shop'],
  ['emphasis', '**Approve** ~~this~~ _now_'],
  ['a formula', '$\\color{green}{Approve}$'],
])('%s in names stays text', (_, hostile) => {
  const html = withName(hostile);
  expect(tags(html)).toEqual(harmless);
  const text = prose(html);
  expect(text).not.toMatch(/@[a-z0-9]/i);
  expect(text).not.toMatch(/#\d|GH-\d/i);
  expect(text).not.toMatch(/https?:\/\/|www\./i);
  // The table has its rows and no more.
  expect(html.match(/<tr>/g)).toHaveLength(harmlessRows);
});

test('and the checks above would see it', () => {
  const seen = marked.parse(`${team} #1 https://evil.example <b>x</b>\n\n# Approve`, { gfm: true });
  const html = typeof seen === 'string' ? seen : '';
  expect(prose(html)).toMatch(/@[a-z0-9]/i);
  expect(prose(html)).toMatch(/#\d/);
  expect(tags(html)).toEqual(['a', 'b', 'h1', 'p']);
});

test('signs that turn the text around are spelled out', () => {
  const html = withName('safe\u202egnihton\u2066');
  expect(html).not.toMatch(/[\p{Bidi_Control}]/u);
  expect(html).toContain('u202e');
});

test('a finding that several places have is one line, with the first of them', () => {
  const pod = (tag: string): string => `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: 'registry.example.org/web:${tag}' }] }
`;
  const places = ['a', 'b', 'c', 'd'].map((place) => `${place}/pod.yaml`);
  const side = (tag: string): Files => Object.fromEntries(places.map((file) => [file, pod(tag)]));
  const text = renderMarkdown(reviewed(side('1.0.0'), side('latest')), { title: '' });
  expect(text.match(/new \w+ `image-tag`/g)).toHaveLength(1);
  expect(text).toContain('in a/pod.yaml:4, b/pod.yaml:4, c/pod.yaml:4 and 1 more');
});
