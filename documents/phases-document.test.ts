import { existsSync } from 'node:fs';
import path from 'node:path';
import { renderPlatform } from '../phases/render';
import { platform } from '../platform/platform';
import { phasesDocument } from './phases-document';

const { cells } = renderPlatform(platform);
const text = phasesDocument(platform, cells);
const root = path.join(__dirname, '..');

test('every line of the strategy stands in it, with a link to a file that is there', () => {
  for (const { seed } of platform.promises) expect(text).toContain(seed);
  const links = [...text.matchAll(/\]\((\.\.\/[^)]+)\)/g)].map(([, link]) => link ?? '');
  expect(links.length).toBeGreaterThan(platform.promises.length);
  for (const link of links) expect([link, existsSync(path.join(root, 'docs', link))]).toEqual([link, true]);
});

test('it says what restarts at a step, and what does not', () => {
  expect(text).toMatch(/### The step from `phase-1`, and back/);
  expect(text).toMatch(/\| `api` +\| annotations, resources +\|/);
  expect(text).toContain('Not restarted: none.');
  expect(text).toMatch(/every pod restarts once to get its proxy/);
});

test('a promise of an object that is not rendered is refused, with the file to mend', () => {
  const broken = {
    ...platform,
    promises: [{ ...platform.promises[0], objects: ['Deployment/ml-inference'] }],
  } as typeof platform;
  expect(() => phasesDocument(broken, cells)).toThrow(
    /platform\/promises\.ts: objects: "Deployment\/ml-inference" is not rendered for europe-west4 in phase-1\n {2}Fix: write Kind\/name/,
  );
});
