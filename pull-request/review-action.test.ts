import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { STUB_TOKEN } from '../testing/code-host-stub';
import { play, type Played } from '../testing/composite-action';
import { GithubStub } from '../testing/github-stub';
import { deployment } from '../testing/reviewed';

const ACTION = path.join(__dirname, '..', '.github/actions/review');
// Each run bundles the command and starts it several times.
jest.setTimeout(120_000);
let folder: string;
let workspace: string;
let stub: GithubStub;
/** Commits of the event: `base` is what the branch was when it began. */
let event: { readonly base: string; readonly head: string };

/** A pull request that halves the replicas, while somebody else has merged a change of `other`. */
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'aia-action-'));
  workspace = path.join(folder, 'workspace');
  mkdirSync(workspace);
  git('init', '-q', '-b', 'main');
  write('deploy/web.yaml', deployment('', 'replicas: 4'));
  write('deploy/other.yaml', deployment('', 'replicas: 2', 'other'));
  commit('start');
  git('switch', '-q', '-c', 'feature');
  write('deploy/web.yaml', deployment('', 'replicas: 2'));
  commit('fewer replicas');
  git('switch', '-q', 'main');
  write('deploy/other.yaml', deployment('', 'replicas: 1', 'other'));
  commit('of somebody else');
  git('switch', '-q', '--detach', 'main');
  git('merge', '-q', '--no-ff', '-m', 'trial merge', 'feature');
  event = { base: git('rev-parse', 'main~1'), head: git('rev-parse', 'feature') };
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  stub = await GithubStub.start();
});
afterEach(() => stub.stop());

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: workspace, encoding: 'utf8' }).trim();
}

function commit(message: string): void {
  git('add', '-A');
  git('commit', '-q', '-m', message);
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(workspace, file)), { recursive: true });
  writeFileSync(path.join(workspace, file), text);
}

const PAGE = 'https://github.example.com/shop/manifests/actions/runs/77/artifacts/3';
// What npm would install is there.
const PROGRAMS = { npm: 'echo "npm $*"' };

/** The action on the pull request. */
function run(
  inputs: Readonly<Record<string, string>> = {},
  { from = 'shop/manifests', checkout = workspace } = {},
): Promise<Played> {
  const { base, head } = event;
  const pull_request = { number: 12, base: { sha: base }, head: { sha: head, repo: { full_name: from } } };
  return play({
    action: ACTION,
    inputs: { html: 'false', ...inputs },
    github: { event_name: 'pull_request', repository: 'shop/manifests', token: STUB_TOKEN, event: { pull_request } },
    // The token is an input of the action: a job has it in no variable.
    env: { ...stub.environment, GITHUB_TOKEN: '' },
    workspace: checkout,
    temp: mkdtempSync(path.join(folder, 'runner-')),
    outputs: { page: { 'artifact-url': PAGE } },
    programs: PROGRAMS,
  });
}

const ended = ({ steps }: Played): readonly string[] =>
  steps.map(({ name, code }) => `${name.split('@')[0] ?? ''} ${code}`);
const installed = ['actions/setup-node 0', "Install at this action's revision 0", 'Review 0'];

test('a comment, the page, SARIF, the job summary, and a red check for a change of high risk', async () => {
  const played = await run({ html: 'true' });
  expect(ended(played)).toEqual([
    ...installed,
    'Attach the page 0',
    'Send SARIF to code scanning 0',
    'Comment 0',
    'Verdict 1',
  ]);
  expect(played.isGreen).toBe(false);
  // No script of a package runs when it is installed.
  expect(played.steps[1]?.output).toMatch(/^npm ci --omit=dev --ignore-scripts /);
  const [comment] = stub.comments;
  expect(comment?.body).toMatch(
    /^<!-- aia comment: review -->\n### Do not approve before you have read 1 change of high risk/,
  );
  expect(comment?.body).toContain('fewer replicas: 4 → 2');
  // The change that somebody else has merged meanwhile is none of this pull request.
  expect(comment?.body).not.toContain('other');
  // The page is a file of its own, and the comment links to it.
  const page = played.steps.find(({ name }) => name === 'Attach the page')?.with ?? {};
  expect(page.archive).toBe('false');
  const html = readFileSync(page.path ?? '', 'utf8');
  expect(html).toMatch(/^<!doctype html>[\s\S]*fewer replicas: 4 → 2[\s\S]*<\/html>\n$/);
  expect(comment?.body).toContain(`[The whole review](<${PAGE}>)`);
  expect(played.summary).toContain('fewer replicas: 4 → 2');
  expect(JSON.stringify(played)).not.toContain(STUB_TOKEN);
});

test('a second push updates the comment; a green check where the risk is let through', async () => {
  stub.say('github-actions[bot]', '<!-- aia comment: review -->\nof the first push');
  const played = await run({ 'fail-on': 'error', sarif: 'false' });
  expect(stub.comments[0]?.body).toContain('fewer replicas: 4 → 2');
  expect(stub.comments).toHaveLength(1);
  expect(played.isGreen).toBe(true);
});

test('a fork: no SARIF, no comment, the job summary all the same, and the check is the same', async () => {
  stub.isReadOnly = true;
  const played = await run({}, { from: 'mallory/manifests' });
  expect(ended(played)).toEqual([...installed, 'Comment 0', 'Verdict 1']);
  expect(played.steps.find(({ name }) => name === 'Comment')?.output).toMatch(/^No comment: the token may not write/);
  expect(played.summary).toContain('fewer replicas: 4 → 2');
});

test('nothing is sent where nothing is wanted', async () => {
  const played = await run({ comment: 'false', sarif: 'false' });
  expect(ended(played)).toEqual([...installed, 'Verdict 1']);
  expect(stub.calls).toEqual([]);
});

test('SARIF of a folder names its files from the top of the repository', async () => {
  const played = await run({ path: 'deploy/' });
  const file = played.steps.find(({ name }) => name.startsWith('Send'))?.with.sarif_file ?? '';
  const uris = [...readFileSync(file, 'utf8').matchAll(/"uri":\s*"([^"]+)"/g)].map(([, uri]) => uri);
  expect(uris).toEqual(['deploy/web.yaml']);
});

test('folders instead of revisions, as of a rendered chart: no SARIF, whose lines nobody could find', async () => {
  write('old/web.yaml', deployment('', 'replicas: 3'));
  write('new/web.yaml', deployment('', 'replicas: 1'));
  const played = await run({ base: 'old', head: 'new', marker: 'staging' });
  expect(ended(played)).toEqual([...installed, 'Comment 0', 'Verdict 1']);
  expect(stub.comments[0]?.body).toMatch(/^<!-- aia comment: staging -->\n[\s\S]*fewer replicas: 3 → 1/);
});

test('a change that can not be read replaces what an earlier push was told, and the check is red', async () => {
  stub.say('github-actions[bot]', '<!-- aia comment: review -->\n### Approve');
  write('broken/web.yaml', 'kind: Deployment\napiVersion: apps/v1\nmetadata: { name: [\n');
  const played = await run({ base: 'deploy', head: 'broken' });
  expect(ended(played)).toEqual([...installed, 'Comment 0', 'Verdict 2']);
  expect(stub.comments).toHaveLength(1);
  expect(stub.comments[0]?.body).toContain('### This change could not be reviewed');
  // What the log quotes of a file is no command to the runner.
  const review = played.steps.find(({ name }) => name === 'Review')?.output ?? '';
  expect(review).toMatch(/^::stop-commands::([0-9a-f]{32})\n[\s\S]*web\.yaml[\s\S]*\n::\1::\n$/);
});

test('a clone without the base says how to check out; one of the branch itself is compared with where it began', async () => {
  const [shallow, whole] = [path.join(folder, 'shallow'), path.join(folder, 'whole')];
  execFileSync('git', ['clone', '-q', '--depth', '1', '--branch', 'feature', `file://${workspace}`, shallow]);
  execFileSync('git', ['clone', '-q', '--branch', 'feature', `file://${workspace}`, whole]);
  const refused = await run({ sarif: 'false' }, { checkout: shallow });
  expect(refused.steps.find(({ name }) => name === 'Review')?.output).toContain('check out with fetch-depth: 2');
  expect(ended(refused).at(-1)).toBe('Verdict 2');
  const played = await run({ sarif: 'false' }, { checkout: whole });
  expect(played.summary).toContain('fewer replicas: 4 → 2');
  expect(played.summary).not.toContain('other');
});

test('a marker that could be anything else than a name stops it', async () => {
  const played = await run({ marker: '../../x' });
  expect(ended(played).at(-1)).toBe('Review 2');
  expect(played.isGreen).toBe(false);
});
