import { inColor, toTerminal } from './terminal';

const { isTTY } = process.stdout;
const { NO_COLOR = '', FORCE_COLOR = '' } = process.env;

afterEach(() => {
  Object.assign(process.stdout, { isTTY });
  Object.assign(process.env, { NO_COLOR, FORCE_COLOR });
});

test('a pipe gets no colour, not even when the CI system sets FORCE_COLOR', () => {
  Object.assign(process.stdout, { isTTY: undefined });
  Object.assign(process.env, { FORCE_COLOR: '1', NO_COLOR: '' });
  expect([toTerminal(), inColor()]).toEqual([false, false]);
});

test('a terminal gets colour, unless NO_COLOR is set', () => {
  process.stdout.isTTY = true;
  process.env.NO_COLOR = '';
  expect(inColor()).toBe(true);
  process.env.NO_COLOR = '1';
  expect([toTerminal(), inColor()]).toEqual([true, false]);
});
