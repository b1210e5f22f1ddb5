import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SOURCES, workloadFile } from '../model/platform/sources';
import { platform } from './platform';

const root = path.join(__dirname, '..');

test('messages name files that are there: every workload has a file of its name, every section the one it claims', () => {
  for (const name of Object.keys(platform.workloads))
    expect([name, existsSync(path.join(root, workloadFile(name)))]).toEqual([name, true]);
  for (const file of Object.values(SOURCES)) expect([file, existsSync(path.join(root, file))]).toEqual([file, true]);
});

test('every file in platform/workloads/ is in the index', () => {
  const files = readdirSync(path.join(root, 'platform/workloads')).filter((name) => name !== 'index.ts');
  expect(files.map((name) => name.replace('.ts', '')).sort()).toEqual(Object.keys(platform.workloads).sort());
});

test('data holds no mechanism: it imports types and other data only', () => {
  const folders = ['platform', 'platform/workloads'];
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => `${folder}/${name}`),
  );
  for (const file of files) {
    const imports = readFileSync(path.join(root, file), 'utf8').match(/^import .*$/gm) ?? [];
    for (const line of imports)
      expect([file, line]).toEqual([file, expect.stringMatching(/^import type |from '\.{1,2}\/[\w-]+';$/)]);
  }
});
