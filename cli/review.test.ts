import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Review } from '../review/review-model';
import { deployment, object } from '../testing/reviewed';

const AIA = path.join(__dirname, '..', 'bin', 'aia.mjs');
let root: string;

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'aia-review-'));
  git('init', '-q', '-b', 'main');
  write('apps/east/web.yaml', deployment(''));
  write('apps/west/web.yaml', deployment(''));
  write('apps/west/config.yaml', object('v1', 'ConfigMap', 'data: { a: b }'));
  write('README.md', '# nothing\n');
  commit('one');
  for (const region of ['east', 'west']) write(`apps/${region}/web.yaml`, deployment('', 'replicas: 1'));
  commit('two');
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

function git(...args: readonly string[]): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...args], { cwd: root });
}

function commit(message: string): void {
  git('add', '-A');
  git('commit', '-q', '-m', message);
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

function aia(...args: readonly string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [AIA, 'review', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

describe('aia review', () => {
  test('two revisions: one entry for the two regions, exit 1 for high risk', () => {
    const { code, stdout } = aia('HEAD~1', 'HEAD', '--format', 'json');
    const { objects, changes, capacity } = JSON.parse(stdout) as Review;
    expect(code).toBe(1);
    expect(objects).toEqual({ base: 3, head: 3 });
    expect(changes).toEqual([
      {
        object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
        from: null,
        kind: 'changed',
        risk: 'high',
        reasons: ['fewer replicas: 3 → 1'],
        places: ['east', 'west'].map((region) => ({
          place: `apps/${region}`,
          object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
          file: `apps/${region}/web.yaml`,
        })),
        fields: [{ path: 'spec.replicas', before: 3, after: 1, effect: 'scale' }],
      },
    ]);
    // Nobody knows the nodes and prices of this repository.
    expect(capacity).toEqual({ base: null, head: null });
    expect(aia('HEAD~1', 'HEAD', '--fail-on', 'error').code).toBe(0);
  });

  test('the work tree is what BASE is compared with by default, new files included', () => {
    expect(aia('HEAD').stdout).toContain('No object differs.');
    write('apps/east/new.yaml', object('v1', 'ConfigMap', 'data: { a: b }', 'new'));
    const { code, stdout } = aia('HEAD');
    rmSync(path.join(root, 'apps/east/new.yaml'));
    expect([code, stdout]).toEqual([0, expect.stringContaining('LOW added ConfigMap shop/new') as string]);
  });

  test('folders of a revision, folders and files are sides too; an empty BASE means that all is added', () => {
    expect(aia('HEAD~1:apps/east', 'HEAD:apps/east', '--format', 'json').stdout).toContain('"place": "."');
    expect(aia('apps/east', 'apps/west').stdout).toContain('LOW added ConfigMap shop/thing');
    expect(aia('apps/east/web.yaml', 'apps/west/web.yaml').stdout).toContain('No object differs.');
    mkdirSync(path.join(root, 'none'), { recursive: true });
    const { code, stdout } = aia('none', 'apps');
    expect([code, stdout]).toEqual([0, expect.stringContaining('0 → 3 objects') as string]);
  });

  test('what can not be done is exit 2, with the reason', () => {
    write('bad/a.yaml', 'kind: ConfigMap\napiVersion: v1\nmetadata: { name: [\n');
    write('empty/a.yaml', '# nothing\n');
    const cases: readonly (readonly [readonly string[], string])[] = [
      [['apps', 'empty'], 'there is no Kubernetes object in empty'],
      [['apps', 'bad'], 'a.yaml:'],
      [['nowhere'], 'nowhere is neither a revision of this repository nor a file or folder'],
      [['apps'], 'apps is a path: name the other one too'],
      [['HEAD', 'apps'], 'must both be revisions or both be paths'],
      [['--upload-pack=x', 'HEAD'], 'unknown option'],
      [['HEAD~1', 'HEAD', '--today', 'soon'], '--today must be a day'],
    ];
    for (const [args, reason] of cases) {
      const { code, stderr } = aia(...args);
      expect([args, code, stderr]).toEqual([args, 2, expect.stringContaining(reason) as string]);
    }
  });

  test('the same input gives the same bytes, whatever the format', () => {
    for (const format of ['text', 'json', 'markdown', 'sarif']) {
      const [one, other] = [aia('HEAD~1', 'HEAD', '--format', format), aia('HEAD~1', 'HEAD', '--format', format)];
      expect(one.stdout).toBe(other.stdout);
      expect(one.stdout).toContain('fewer replicas: 3 → 1');
    }
  });
});
