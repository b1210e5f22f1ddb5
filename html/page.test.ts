import { createHash } from 'node:crypto';
import { h } from 'preact';
import { HOSTILE } from '../testing/hostile';
import { renderPage } from './page';

const page = renderPage({ title: HOSTILE, parts: [['one', HOSTILE]] }, h('p', { title: HOSTILE }, HOSTILE));

/** What the policy of the page says of a kind of thing. */
function policyOf(text: string, kind: string): string {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(text)?.[1] ?? '';
  return (
    policy
      .replaceAll('&#39;', "'")
      .split('; ')
      .find((part) => part.startsWith(`${kind} `)) ?? ''
  );
}

test('text is text: no element, attribute or end of an element comes of it', () => {
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).not.toMatch(/<img|<!--/);
});

test.each([
  ['script', /<script>([\s\S]*?)<\/script>/],
  ['style', /<style>([\s\S]*?)<\/style>/],
])('the policy names the %s that is in the page by its hash, and nothing else may run or load', (kind, element) => {
  const content = element.exec(page)?.[1] ?? '';
  expect(content.length).toBeGreaterThan(100);
  const hash = createHash('sha256').update(content).digest('base64');
  expect(policyOf(page, `${kind}-src`)).toBe(`${kind}-src 'sha256-${hash}'`);
  expect(policyOf(page, 'default-src')).toBe("default-src 'none'");
});

test('there is no address in it that a browser would fetch', () => {
  const plain = renderPage({ title: 'Plain', parts: [['one', 'One']] }, h('p', null, 'text'));
  expect(plain).not.toMatch(/https?:|\bsrc=|url\(|@import/);
});

test('the same content gives the same bytes', () => {
  expect(renderPage({ title: 'a', parts: [] }, h('p', null, 'b'))).toBe(
    renderPage({ title: 'a', parts: [] }, h('p', null, 'b')),
  );
});
