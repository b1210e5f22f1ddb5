import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { command, ensure } from './shell';

/** The words that bash makes of a line. */
function wordsOf(line: string): string[] {
  const { stdout } = spawnSync(
    'bash',
    ['-c', `show() { printf '%s\\0' "$@"; }; ensure() { show ensure "$@"; }; ${line}`],
    {
      encoding: 'utf8',
    },
  );
  return stdout.split('\0').slice(0, -1);
}

// No zero bytes: no program can be given one.
const word = fc.string({ maxLength: 60 }).filter((text) => !text.includes('\0') && !text.startsWith('--'));

test('whatever a word holds, the shell hands it on as it is, on one line or on several', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), fc.array(word, { maxLength: 8 }), (words, values) => {
      const all = [...words, ...values.map((value, index) => `--flag-${index}=${value}`)];
      expect(wordsOf(command(['show', ...all]))).toEqual(all);
    }),
    { numRuns: 60 },
  );
});

test('a list and a creation are told apart', () => {
  const long = Array.from({ length: 12 }, (_, index) => `--flag-${index}=long-value-${index}`);
  expect(wordsOf(ensure('a thing', 'x', ['list', 'things'], ['create', 'x', ...long]))).toEqual([
    ...['ensure', 'a thing', 'x', 'list', 'things', '--', 'create', 'x'],
    ...long,
  ]);
});
