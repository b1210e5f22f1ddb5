import { platform } from '../platform/platform';
import { renderPlatform } from './render';
import { restartsBetween } from './restarts';

const { cells } = renderPlatform(platform);
const cellOf = (phase: string): (typeof cells)[number] => {
  const found = cells.find((cell) => cell.phase === phase && cell.cluster.name === 'europe-west4');
  if (found === undefined) throw new Error(`no ${phase}`);
  return found;
};

test('a phase restarts nothing against itself', () => {
  expect(restartsBetween(cellOf('phase-1'), cellOf('phase-1'))).toEqual([]);
});

test('from phase 1 to 2 restart those whose resources or pools change, and each says why', () => {
  expect(restartsBetween(cellOf('phase-1'), cellOf('phase-2')).map(({ name, because }) => [name, because])).toEqual([
    ['api', ['resources']],
    ['biometric-processor', ['affinity', 'resources']],
    ['cognitive-processor', ['affinity', 'resources']],
    ['neural-store', ['resources']],
    ['neuro-interface', ['resources']],
    ['ws-gateway', ['resources']],
  ]);
});

test('the way back restarts the same', () => {
  const names = (from: string, to: string): string[] =>
    restartsBetween(cellOf(from), cellOf(to))
      .map(({ name }) => name)
      .sort();
  expect(names('phase-2', 'phase-1')).toEqual(names('phase-1', 'phase-2'));
});
