import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { STUB_TOKEN } from '../testing/code-host-stub';
import { GithubStub } from '../testing/github-stub';

const AIA = path.join(__dirname, '..', 'bin', 'aia.mjs');
jest.setTimeout(60_000);
let stub: GithubStub;
let folder: string;
let file: string;

beforeEach(async () => {
  stub = await GithubStub.start();
  folder = mkdtempSync(path.join(tmpdir(), 'aia-comment-'));
  file = path.join(folder, 'review.md');
  writeFileSync(file, '### Read 1 change\n');
});
afterEach(async () => {
  await stub.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The command as a process of a job, whose variables are all that it has. */
function aia(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [AIA, 'comment', ...args],
      { env: { PATH: process.env.PATH, ...stub.environment, ...env } },
      (_, stdout, stderr) => {
        resolve({ code: child.exitCode, stdout, stderr });
      },
    );
  });
}

test('it comments, and exit 0 says that somebody can read it', async () => {
  const { code, stdout, stderr } = await aia(['--file', file, '--pull-request', '12', '--marker', 'staging']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toBe(
    'Wrote the comment on shop/manifests#12: https://github.example.com/shop/manifests/pull/12#issuecomment-1001\n',
  );
  expect(stub.comments[0]?.body).toMatch(/^<!-- aia comment: staging -->\n### Read 1 change\n/);
});

test('a rate limit is waited for', async () => {
  stub.fail('POST', [429, { message: 'Too many' }, { 'retry-after': '1' }]);
  const { code } = await aia(['--file', file, '--author', 'github-actions[bot]']);
  expect([code, stub.comments.length]).toEqual([0, 1]);
});

test('a fork: exit 0, the job summary has it', async () => {
  stub.isReadOnly = true;
  const summary = path.join(folder, 'summary.md');
  const { code, stdout } = await aia(['--file', file], { GITHUB_STEP_SUMMARY: summary });
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^No comment: the token may not write/) as string]);
  expect(readFileSync(summary, 'utf8')).toBe('### Read 1 change\n');
});

test('what can not be done is exit 2, with one line that says why and never has the token', async () => {
  const cases = [
    [['--file', 'no-such-file.md'], {}, 'aia comment: no-such-file.md can not be read (ENOENT).'],
    [
      ['--file', file, '--pull-request', '0x1'],
      {},
      "option '--pull-request <number>' argument '0x1' is invalid. It is a number",
    ],
    [[], {}, "required option '--file <file>' not specified"],
    [['--file', file, '--repository', 'manifests'], {}, '"manifests" is no repository: write owner/name.'],
    [['--file', file, '--pull-request', '13'], {}, 'aia comment: shop/manifests#13 is not there'],
    [
      ['--file', file],
      { GITHUB_TOKEN: `x${STUB_TOKEN}` },
      'aia comment: shop/manifests#12: the token is not valid (Bad credentials).',
    ],
  ] as const;
  for (const [args, env, reason] of cases) {
    const { code, stdout, stderr } = await aia(args, env);
    expect([args, code, stderr]).toEqual([args, 2, expect.stringContaining(reason) as string]);
    expect(stdout + stderr).not.toContain(STUB_TOKEN);
  }
});
