import fc from 'fast-check';
import { csv } from './csv';

/** The samples of RFC 4180, section 2. */
test.each([
  ['plain fields, and a line end after the last one', [['zzz', 'yyy', 'xxx']], 'zzz,yyy,xxx\r\n'],
  ['a line end within a field', [['aaa', 'b\r\nbb', 'ccc']], 'aaa,"b\r\nbb",ccc\r\n'],
  ['a quote within a field', [['aaa', 'b"bb', 'ccc']], 'aaa,"b""bb",ccc\r\n'],
])('%s', (_, rows, expected) => {
  expect(csv(['aaa', 'bbb', 'ccc'], rows)).toBe(`aaa,bbb,ccc\r\n${expected}`);
});

/** A reader that knows nothing of how it was written. */
function read(text: string): string[][] {
  const rows: string[][] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(pattern)) {
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

test('what is written reads back', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', ' ', 'é') });
  fc.assert(
    fc.property(fc.array(fc.tuple(field, field, field), { minLength: 1 }), ([head, ...rows]) => {
      expect(read(csv(head ?? ['', '', ''], rows))).toEqual([head, ...rows]);
    }),
  );
});
