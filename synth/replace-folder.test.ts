import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { realFileSystem, recover, replaceFolder } from './replace-folder';
import { explainFileError } from './synth-error';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'aia-replace-'));
  folder = path.join(root, 'dist');
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const tree = (content: string, count = 3): Map<string, string> =>
  new Map(Array.from({ length: count }, (_, index) => [`a/${index % 7}/${index}.yaml`, `${content}\n`]));

function contents(): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(path.join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
}

const sorted = (files: Map<string, string>): [string, string][] => [...files].sort(([a], [b]) => (a < b ? -1 : 1));

test('writes a folder that is not there, and replaces one that is, whole', async () => {
  await replaceFolder(folder, tree('one'));
  expect(sorted(contents())).toEqual(sorted(tree('one')));
  await replaceFolder(folder, new Map([['b.yaml', 'two\n']]));
  expect(sorted(contents())).toEqual([['b.yaml', 'two\n']]);
  expect(readdirSync(root)).toEqual(['dist']);
});

test.each(['ENOSPC', 'EACCES', 'EIO'])(
  'a write that fails with %s leaves the old folder and no litter',
  async (code) => {
    await replaceFolder(folder, tree('one'));
    let writes = 0;
    const failing = {
      ...realFileSystem,
      write: (file: string, text: string): Promise<void> => {
        writes += 1;
        return writes < 3 ? realFileSystem.write(file, text) : Promise.reject(Object.assign(new Error(code), { code }));
      },
    };
    await expect(replaceFolder(folder, tree('two'), failing)).rejects.toThrow(code);
    expect(sorted(contents())).toEqual(sorted(tree('one')));
    expect(readdirSync(root)).toEqual(['dist']);
  },
);

test('a full disk and a folder that is not writable are explained, with what to do', () => {
  const error = (code: string): string => explainFileError(Object.assign(new Error(code), { code }), 'dist').message;
  expect(error('ENOSPC')).toMatch(/disk is full.*dist\/ is as it was\.\n {2}Fix: free some space/s);
  expect(error('EACCES')).toMatch(/dist\/ can't be written \(EACCES\).*as it was\.\n {2}Fix: make the folder/s);
});

describe('where the system can not exchange two folders', () => {
  const without = { ...realFileSystem, exchange: (): Promise<'unsupported'> => Promise.resolve('unsupported') };

  test('two renames do it', async () => {
    await replaceFolder(folder, tree('one'));
    await replaceFolder(folder, tree('two'), without);
    expect(sorted(contents())).toEqual(sorted(tree('two')));
    expect(readdirSync(root)).toEqual(['dist']);
  });

  test('a second rename that fails puts the old folder back', async () => {
    await replaceFolder(folder, tree('one'));
    let renames = 0;
    const failing = {
      ...without,
      rename: (from: string, to: string): Promise<void> => {
        renames += 1;
        return renames === 1 ? realFileSystem.rename(from, to) : Promise.reject(new Error('no'));
      },
    };
    await expect(replaceFolder(folder, tree('two'), failing)).rejects.toThrow('no');
    expect(sorted(contents())).toEqual(sorted(tree('one')));
  });

  test('a kill between the two renames is mended by the next run', async () => {
    await replaceFolder(folder, tree('one'));
    // 999999999 is above every process number, so its run is gone.
    cpSync(folder, path.join(root, '.dist.synth-999999999'), { recursive: true });
    renameSync(folder, path.join(root, '.dist.synth-999999999-old'));
    await recover(folder);
    expect(sorted(contents())).toEqual(sorted(tree('one')));
    expect(readdirSync(root)).toEqual(['dist']);
  });
});

test('what a killed run left beside the folder is removed, what a running one needs is not', async () => {
  mkdirSync(path.join(root, '.dist.synth-999999999'));
  mkdirSync(path.join(root, `.dist.synth-${process.ppid}`));
  writeFileSync(path.join(root, '.dist.notes'), '');
  await recover(folder);
  expect(readdirSync(root).sort()).toEqual(['.dist.notes', `.dist.synth-${process.ppid}`]);
});

test('kill -9 at any moment leaves one of the two trees, whole', async () => {
  const program = path.join(root, 'replace.mjs');
  await build({
    stdin: {
      contents: `import { replaceFolder } from './synth/replace-folder';
        const tree = (content) => new Map(Array.from({ length: 150 }, (_, index) => ['a/' + (index % 7) + '/' + index + '.yaml', content + '\\n']));
        for (;;) for (const content of ['one', 'two']) { await replaceFolder(process.argv[2], tree(content)); process.stdout.write(content); }`,
      resolveDir: path.join(__dirname, '..'),
      loader: 'ts',
    },
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['fs-native-extensions'],
    logLevel: 'error',
  });
  const modules = path.join(__dirname, '..', 'node_modules');
  cpSync(path.join(modules, 'fs-native-extensions'), path.join(root, 'node_modules/fs-native-extensions'), {
    recursive: true,
  });
  for (const name of ['require-addon', 'which-runtime', 'bare-addon-resolve', 'bare-module-resolve', 'bare-semver']) {
    if (existsSync(path.join(modules, name)))
      cpSync(path.join(modules, name), path.join(root, 'node_modules', name), { recursive: true });
  }
  await replaceFolder(folder, tree('one', 150));
  const [one, two] = [sorted(tree('one', 150)), sorted(tree('two', 150))];
  const found = new Set<string>();
  for (let round = 0; round < 25; round += 1) {
    const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    // From its first replacement on it does nothing else, so any moment after that is one of a replacement.
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await sleep(round * 12);
    child.kill('SIGKILL');
    await ended;
    const left = sorted(contents());
    expect(left).toEqual(left[0]?.[1] === one[0]?.[1] ? one : two);
    found.add(left[0]?.[1] ?? '');
  }
  // Kills came before and after a second replacement, not all at one place.
  expect(found.size).toBe(2);
}, 60_000);
