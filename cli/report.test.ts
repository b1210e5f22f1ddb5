import { existsSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Report } from '../report/report-model';
import { costCommand } from './cost';
import { reportCommand } from './report';

const ROOT = path.join(__dirname, '..');
const start = process.cwd();
let folder: string;
let out: string;
let err: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'report-'));
  process.chdir(ROOT);
  out = '';
  err = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
});

afterEach(() => {
  jest.restoreAllMocks();
  process.chdir(start);
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

async function run(...args: string[]): Promise<unknown> {
  process.exitCode = undefined;
  await reportCommand().exitOverride().parseAsync(args, { from: 'user' });
  return process.exitCode;
}

test('the figures are those of aia cost, for every cluster and phase', async () => {
  expect(await run('--format', 'json', 'dist')).toBe(0);
  const report = JSON.parse(out) as Report;
  out = '';
  await costCommand().parseAsync(['dist', '--format', 'json'], { from: 'user' });
  const { sets } = JSON.parse(out) as { sets: { set: string; microUsdPerMonth: object }[] };
  expect(report.sets.map(({ name, cost }) => [name, cost?.microUsdPerMonth])).toEqual(
    sets.map(({ set, microUsdPerMonth }) => [set, microUsdPerMonth]),
  );
  // The strategy's gates: 85, 95 and 99.9 %.
  expect(report.platform?.phases.map(({ health }) => health)).toEqual([0.85, 0.95, 0.999]);
}, 60_000);

test('the page is written whole to the file, and nothing is printed', async () => {
  const file = path.join(folder, 'platform.html');
  expect(await run('--output', file, 'dist/phase-1')).toBe(0);
  expect(out).toBe('');
  expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  expect(readdirSync(folder)).toEqual(['platform.html']);
});

test.each([
  ['a folder', (): string => folder, / is a folder: name a file in it/],
  [
    'a folder that is not there',
    (): string => path.join(folder, 'no/page.html'),
    /there is no folder .*no: make it first/,
  ],
])('an output that is %s ends with exit code 2 and says what to do', async (_, file, message) => {
  expect(await run('--output', file(), 'dist/phase-1')).toBe(2);
  expect(err).toMatch(message);
  expect(existsSync(file()) && readdirSync(folder).length > 0).toBe(false);
});

test('a folder without objects, and a day that is none, end with exit code 2', async () => {
  const empty = path.join(folder, 'empty');
  mkdirSync(empty);
  writeFileSync(path.join(empty, 'notes.txt'), 'nothing');
  expect(await run(empty)).toBe(2);
  expect(err).toContain('no Kubernetes object in');
  expect(await run('--today', 'tomorrow', 'dist')).toBe(2);
  expect(err).toContain('--today must be a day');
});
