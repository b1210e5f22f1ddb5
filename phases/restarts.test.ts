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

test('from phase 1 to 2 every pod restarts once, for its proxy, and those with new resources or pools for that too', () => {
  expect(restartsBetween(cellOf('phase-1'), cellOf('phase-2')).map(({ name, because }) => [name, because])).toEqual(
    expect.arrayContaining([
      ['api', ['annotations', 'resources']],
      ['biometric-processor', ['affinity', 'annotations', 'resources']],
      ['cognitive-cache', ['annotations']],
      ['cognitive-processor', ['affinity', 'annotations', 'resources']],
      ['ml-inference-service', ['annotations']],
      ['neural-store', ['annotations', 'resources']],
      ['neuro-interface', ['annotations', 'resources']],
      ['ws-gateway', ['annotations', 'resources']],
    ]),
  );
});

test('the way back restarts the same', () => {
  const names = (from: string, to: string): string[] =>
    restartsBetween(cellOf(from), cellOf(to))
      .map(({ name }) => name)
      .sort();
  expect(names('phase-2', 'phase-1')).toEqual(names('phase-1', 'phase-2'));
});
