import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { GitlabStub } from '../testing/gitlab-stub';
import { deployment } from '../testing/reviewed';

const root = path.join(__dirname, '..');
jest.setTimeout(120_000);
let stub: GitlabStub;
let folder: string;

beforeAll(async () => {
  stub = await GitlabStub.start();
  folder = mkdtempSync(path.join(tmpdir(), 'aia-gitlab-'));
  git('init', '-q', '-b', 'main');
  write('web.yaml', deployment('', 'replicas: 4'));
  commit('base');
  write('web.yaml', deployment('', 'replicas: 2'));
  commit('head');
});
afterAll(async () => {
  await stub.stop();
  rmSync(folder, { recursive: true, force: true });
});

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' }).trim();
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

function commit(message: string): void {
  git('add', '-A');
  git('commit', '-q', '-m', message);
}

/** The job that the documentation tells people to copy. */
function job(): { readonly script: readonly string[] } {
  const text = readFileSync(path.join(root, 'docs/pull-requests.md'), 'utf8');
  const [, yaml = ''] = /```yaml\n(aia-review:\n[\s\S]*?)```/.exec(text) ?? [];
  return (parse(yaml) as { 'aia-review': { script: readonly string[] } })['aia-review'];
}

/** Its script as a runner of GitLab runs it. */
function run(
  base: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; output: string }> {
  const { script } = job();
  const variables = {
    PATH: process.env.PATH,
    AIA_HOME: root,
    CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
    ...stub.environment,
    ...env,
  };
  return new Promise((resolve) => {
    const child = execFile(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script.join('\n')],
      { cwd: folder, env: variables },
      (_, stdout, stderr) => {
        resolve({ code: child.exitCode, output: stdout + stderr });
      },
    );
  });
}

test('the job of the documentation writes the note, and is red for a change of high risk', async () => {
  const { code, output } = await run(git('rev-parse', 'HEAD~1'));
  expect([code, output]).toEqual([1, 'Wrote the comment on 7!5\nwrote review.html\n']);
  expect(stub.notes[0]?.body).toContain('fewer replicas: 4 → 2');
  expect(readFileSync(path.join(folder, 'review.html'), 'utf8')).toContain('fewer replicas: 4 → 2');
});

test('it says so where the change can not be reviewed, and is red', async () => {
  const { code } = await run('0123456789');
  expect(code).toBe(2);
  expect(stub.notes).toHaveLength(1);
  expect(stub.notes[0]?.body).toContain('### This change could not be reviewed');
});

test('without a token, as in a fork, it writes no note and gives the same verdict', async () => {
  const before = stub.calls.length;
  const { code } = await run(git('rev-parse', 'HEAD~1'), { GITLAB_TOKEN: '' });
  expect([code, stub.calls.length - before]).toEqual([1, 0]);
});
