import { cutMarkdown } from './cut';

const sizeOf = (text: string): number => text.length;
const details = 'https://example.org/all';

/** What is kept before the notice, with the rest pushed out by a text that is too long. */
function kept(start: string, rest: string): string {
  const text = `${start}${rest}${'x'.repeat(500)}`;
  const [before = ''] = cutMarkdown(text, start.length + 300, { details, sizeOf }).split('**Cut here');
  return before;
}

test('a text that fits is left alone, to the last character', () => {
  expect(cutMarkdown('12345', 5, { details, sizeOf })).toBe('12345');
});

test('the notice counts what is missing, and is all there is where nothing fits', () => {
  expect(cutMarkdown(`one\n\n${'x'.repeat(500)}`, 200, { details, sizeOf })).toBe(
    'one\n\n**Cut here: 2 of 3 lines do not fit here.** [The whole text](<https://example.org/all>).',
  );
  expect(cutMarkdown('x'.repeat(500), 200, { details: '', sizeOf })).toBe(
    '**Cut here: 1 of 1 lines do not fit here.** The whole text is in the files of this run.',
  );
});

test('never inside a code fence, whatever is in it', () => {
  expect(kept('before\n\n', '```\n\n~~~\n\n')).toBe('before\n\n');
  expect(kept('before\n\n', '````\n\n```\n\n')).toBe('before\n\n');
  expect(kept('```\n\ninside\n```\n\nafter\n\n', '')).toBe('```\n\ninside\n```\n\nafter\n\n');
});

test('never inside <details>, which would fold away what follows', () => {
  expect(kept('before\n\n', '<details><summary>a</summary>\n\nbody\n\n')).toBe('before\n\n');
  expect(kept('<details><summary>a</summary>\n\nbody\n</details>\n\nafter\n\n', '')).toContain('after');
  // A tag that a fence quotes opens nothing.
  expect(kept('```\n<details>\n```\n\nafter\n\n', '')).toContain('after');
});

test('a table is cut after a row, not within one or before its second line', () => {
  const head = '| a | b |\n|---|---|\n';
  expect(kept(`${head}| 1 | 2 |\n`, '| 3 | ')).toBe(`${head}| 1 | 2 |\n\n`);
  expect(kept('before\n\n', `| a | b |\n|---|---|${'-'.repeat(400)}|\n`)).toBe('before\n\n');
});

test('a list is cut after an entry', () => {
  expect(kept('- one\n- two\n', '- three ')).toBe('- one\n- two\n\n');
});
