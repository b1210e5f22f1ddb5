import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CannotReadError, listManifestFiles, readManifestText } from './files';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'files-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(name: string, content: string | Buffer = ''): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), content);
}

const names = (...paths: string[]): readonly string[] => listManifestFiles(paths, root).map(({ name }) => name);

test('YAML and JSON are found at any depth, sorted, each once', () => {
  for (const name of ['b/z.yml', 'b/a.yaml', 'a.json', 'b/readme.md']) write(name);
  expect(names('.', 'b')).toEqual(['a.json', 'b/a.yaml', 'b/z.yml']);
});

test('hidden folders, node_modules and the templates of charts are left out', () => {
  for (const name of [
    '.git/a.yaml',
    'node_modules/a.yaml',
    'web/Chart.yaml',
    'web/templates/a.yaml',
    'templates/b.yaml',
  ])
    write(name);
  expect(names('.')).toEqual(['templates/b.yaml', 'web/Chart.yaml']);
});

test('a file that is named is read, whatever it is called', () => {
  write('manifest.txt');
  expect(listManifestFiles(['manifest.txt'], root)[0]?.isNamed).toBe(true);
});

test('links are followed, and a loop of links ends', () => {
  write('a/one.yaml');
  symlinkSync('..', path.join(root, 'a', 'up'));
  symlinkSync('one.yaml', path.join(root, 'a', 'two.yaml'));
  expect(names('a')).toHaveLength(1);
});

test('a link to nothing is an error that names it', () => {
  symlinkSync('gone.yaml', path.join(root, 'link.yaml'));
  expect(() => names('.')).toThrow('link.yaml can not be read: there is no such file or folder.');
});

test('a path that does not exist is an error that names it, without the path of the machine', () => {
  expect(() => names('nowhere')).toThrow(
    new CannotReadError('nowhere can not be read: there is no such file or folder.'),
  );
});

test('bytes that are no UTF-8 are an error', () => {
  write('a.yaml', Buffer.from([0xff, 0xfe, 0x61, 0x00]));
  const [file] = listManifestFiles(['a.yaml'], root);
  expect(() => file && readManifestText(file)).toThrow('a.yaml is not UTF-8 text. Save it as UTF-8, or leave it out.');
});

// Root may read everything.
(process.getuid?.() === 0 ? test.skip : test)('a file that may not be read is an error', () => {
  write('a.yaml');
  chmodSync(path.join(root, 'a.yaml'), 0);
  const [file] = listManifestFiles(['a.yaml'], root);
  expect(() => file && readManifestText(file)).toThrow('a.yaml can not be read: permission denied.');
});
