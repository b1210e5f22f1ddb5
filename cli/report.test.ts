import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Report } from '../report/report-model';
import { commandFolder, exitCodeOf, write } from '../testing/command-folder';
import { costCommand } from './cost';
import { reportCommand } from './report';

const ROOT = path.join(__dirname, '..');
const folder = commandFolder();

// The manifests are those of the repository.
beforeEach(() => {
  process.chdir(ROOT);
});

function run(...args: string[]): Promise<unknown> {
  return exitCodeOf(reportCommand(), ...args);
}

test('the figures are those of aia cost, for every cluster and phase', async () => {
  expect(await run('--format', 'json', 'dist')).toBe(0);
  const report = JSON.parse(folder.out) as Report;
  folder.out = '';
  await costCommand().parseAsync(['dist', '--format', 'json'], { from: 'user' });
  const { sets } = JSON.parse(folder.out) as { sets: { set: string; microUsdPerMonth: object }[] };
  expect(report.sets.map(({ name, cost }) => [name, cost?.microUsdPerMonth])).toEqual(
    sets.map(({ set, microUsdPerMonth }) => [set, microUsdPerMonth]),
  );
  // The backups, which no service's manifest speaks of, are in the record; docs/gdpr/ropa.md has the same.
  expect(report.platform?.dataProtection.places.find(({ name }) => name === 'backups')).toMatchObject({
    retentionDays: 35,
  });
  // The strategy's gates: 85, 95 and 99.9 %.
  expect(report.platform?.phases.map(({ health }) => health)).toEqual([0.85, 0.95, 0.999]);
}, 60_000);

test('the page is written whole to the file, and nothing is printed', async () => {
  const file = path.join(folder.path, 'platform.html');
  expect(await run('--output', file, 'dist/phase-1')).toBe(0);
  expect(folder.out).toBe('');
  expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  expect(readdirSync(folder.path)).toEqual(['platform.html']);
});

test.each([
  ['a folder', (): string => folder.path, / is a folder: name a file in it/],
  [
    'a folder that is not there',
    (): string => path.join(folder.path, 'no/page.html'),
    /there is no folder .*no: make it first/,
  ],
])('an output that is %s ends with exit code 2 and says what to do', async (_, file, message) => {
  expect(await run('--output', file(), 'dist/phase-1')).toBe(2);
  expect(folder.err).toMatch(message);
  expect(existsSync(file()) && readdirSync(folder.path).length > 0).toBe(false);
});

test('a folder without objects, and a day that is none, end with exit code 2', async () => {
  const empty = path.join(folder.path, 'empty');
  write(path.join(empty, 'notes.txt'), 'nothing');
  expect(await run(empty)).toBe(2);
  expect(folder.err).toContain('no Kubernetes object in');
  expect(await run('--today', 'tomorrow', 'dist')).toBe(2);
  expect(folder.err).toContain('--today must be a day');
});
