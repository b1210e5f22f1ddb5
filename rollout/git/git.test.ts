import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fakeTools, RemoteRepository } from '../../testing/remote-repository';
import { withoutCredentials } from '../problem';
import { BranchClone } from './branch-clone';
import { lastStep } from './last-step';
import { withPin } from './pins';
import { commitStep, publish, type Step } from './publish-step';
import { openPullRequest } from './pull-request';
import { pushableRemote } from './remote';
import { commitRevert } from './revert-step';
import { commitMessage, readTrailers, rolloutId } from './trailers';

const step: Step & { from: 'phase-1' } = { rollout: 'west-abc', cluster: 'west', from: 'phase-1', to: 'phase-2' };

let remote: RemoteRepository;
let clone: BranchClone;
beforeEach(async () => {
  remote = new RemoteRepository();
  clone = await BranchClone.open({ url: remote.url, branch: 'main' }, remote.colleague);
});
afterEach(() => {
  clone.remove();
  remote.remove();
});

const push = (): Promise<string | undefined> => publish(clone, () => commitStep(clone, step, fakeTools()));

test('a step moves one pin and keeps everything else of the file', async () => {
  const before = remote.read('platform/clusters.yaml');
  await push();
  expect(remote.read('platform/clusters.yaml')).toBe(before.replace('phase: phase-1', 'phase: phase-2'));
  expect(remote.read('argocd/rendered.txt')).toContain('phase-2');
});

test('its commit says for people and machines what it is', async () => {
  await push();
  const [message = ''] = remote.log();
  expect(message.split('\n')[0]).toBe('west: phase-1 to phase-2');
  expect(remote.git(remote.url, 'log', '-1', '--format=%(trailers:only,unfold)', 'main').trim().split('\n')).toEqual([
    'Aia-Rollout: west-abc',
    'Aia-Step: phase-1..phase-2',
    'Aia-Cluster: west',
  ]);
});

test('a dirty work tree of the caller gets nowhere near it', async () => {
  writeFileSync(path.join(remote.colleague, 'half-done.txt'), 'not ready');
  await push();
  expect(() => remote.read('half-done.txt')).toThrow();
});

test('a push that loses against another one is made again on the newer commit; both are there', async () => {
  let tries = 0;
  await publish(clone, async () => {
    const made = await commitStep(clone, step, fakeTools());
    tries += 1;
    if (tries === 1)
      remote.commit(
        { 'platform/clusters.yaml': withPin(remote.read('platform/clusters.yaml'), 'east', 'phase-1') },
        'Another pin',
      );
    return made;
  });
  expect(tries).toBe(2);
  expect(remote.read('platform/clusters.yaml')).toMatch(/west:\n {4}phase: phase-2[^]*east:\n {4}phase: phase-1/);
  expect(remote.log()).toHaveLength(3);
});

test('where a check objects nothing is committed or pushed', async () => {
  const tools = fakeTools({ objections: () => Promise.resolve([{ command: 'aia cost', output: 'over the budget' }]) });
  await expect(publish(clone, () => commitStep(clone, step, tools))).rejects.toThrow(/aia cost:\nover the budget/);
  expect(remote.log()).toHaveLength(1);
});

test('a branch that is not what its data renders is not promoted: the step would bring more than the pin', async () => {
  const tools = fakeTools({ stale: () => Promise.resolve('differs  dist/x.yaml') });
  await expect(publish(clone, () => commitStep(clone, step, tools))).rejects.toThrow(
    /must not bring those too:\ndiffers {2}dist\/x.yaml/,
  );
});

describe('the way back', () => {
  const back = (sha: string): Promise<string | undefined> =>
    publish(clone, () => commitRevert(clone, step, sha, 'the gate has failed', fakeTools()));

  test('is a revert of the commit, and says of which and why', async () => {
    const before = remote.read('platform/clusters.yaml');
    const sha = (await push()) ?? '';
    await back(sha);
    expect(remote.read('platform/clusters.yaml')).toBe(before);
    const [message = ''] = remote.log();
    expect(message).toContain(`This reverts commit ${sha}.`);
    expect(message).toContain('the gate has failed');
    expect(readTrailers(message)).toEqual({ rollout: 'west-abc', step: 'back-out', cluster: 'west' });
    expect(remote.log()).toHaveLength(3);
  });

  test('keeps what others have pushed meanwhile, the same file included', async () => {
    const sha = (await push()) ?? '';
    remote.pull();
    const moved = withPin(remote.read('platform/clusters.yaml'), 'east', 'phase-1');
    remote.commit(
      {
        'platform/clusters.yaml': moved.replace('phase: phase-2', 'phase: phase-2 # since today'),
        'other.txt': 'kept',
      },
      'Others',
    );
    await back(sha);
    const text = remote.read('platform/clusters.yaml');
    expect(text).toMatch(/west:\n {4}phase: phase-1/);
    expect(text).toMatch(/east:\n {4}phase: phase-1/);
    expect(remote.read('other.txt')).toBe('kept');
  });

  test('is not made twice', async () => {
    const sha = (await push()) ?? '';
    await back(sha);
    expect(await back(sha)).toBeUndefined();
  });
});

test('the newest step of a cluster is found by its trailers, whoever has committed since', async () => {
  expect(await lastStep(clone, 'west')).toBeUndefined();
  const sha = await push();
  remote.pull();
  remote.commit({ 'other.txt': 'x' }, 'Something else');
  await clone.catchUp();
  expect(await lastStep(clone, 'west')).toMatchObject({ sha, trailers: { step: 'phase-1..phase-2' } });
  expect(await lastStep(clone, 'east')).toBeUndefined();
});

test('whether Argo CD is at our commit or a later one', async () => {
  const [first] = [await clone.head()];
  const second = (await push()) ?? '';
  remote.pull();
  const third = remote.commit({ 'other.txt': 'x' }, 'Later');
  expect(await clone.contains(second, second)).toBe(true);
  expect(await clone.contains(first, second)).toBe(false);
  // Not fetched yet: it is, when it is asked for.
  expect(await clone.contains(third, second)).toBe(true);
  expect(await clone.contains('0'.repeat(40), second)).toBe(false);
});

describe('by pull request', () => {
  const pathBefore = process.env.PATH;
  afterEach(() => {
    process.env.PATH = pathBefore;
  });

  /** A stand-in that answers as `gh` does. */
  function gh(script: string): void {
    writeFileSync(path.join(remote.folder, 'gh'), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(remote.folder, 'gh'), 0o755);
    process.env.PATH = `${remote.folder}${path.delimiter}${pathBefore ?? ''}`;
  }
  const open = async (): ReturnType<typeof openPullRequest> => {
    await commitStep(clone, step, fakeTools());
    return openPullRequest(clone, 'aia-rollout/west-abc-phase-2', 'west: phase-1 to phase-2', 'why');
  };

  test('the commit is on a branch of its own, and gh opens the request', async () => {
    gh(`echo "$@" > "${remote.folder}/asked"; echo https://git.example.com/pull/7`);
    const { url, todo } = await open();
    expect(url).toBe('https://git.example.com/pull/7');
    expect(todo).toContain('must merge it');
    expect(remote.read('platform/clusters.yaml', 'aia-rollout/west-abc-phase-2')).toContain('phase-2');
    expect(remote.read('platform/clusters.yaml')).not.toContain('phase-2');
  });

  test('where gh does not work, it says what to open', async () => {
    gh('echo "you are not logged in" >&2; exit 4');
    const { url, todo } = await open();
    expect(url).toBeUndefined();
    expect(todo).toContain('you are not logged in');
    expect(todo).toContain('open a pull request from aia-rollout/west-abc-phase-2 to main');
  });
});

test('a remote that is not there, and one that refuses the push, are told with what to do', async () => {
  await expect(
    BranchClone.open({ url: path.join(remote.folder, 'no.git'), branch: 'main' }, remote.colleague),
  ).rejects.toThrow(/can't be cloned[^]*Fix: check repositoryUrl/);
  writeFileSync(path.join(remote.url, 'hooks/pre-receive'), '#!/bin/sh\necho "main is protected" >&2\nexit 1\n');
  chmodSync(path.join(remote.url, 'hooks/pre-receive'), 0o755);
  await expect(push()).rejects.toThrow(/main is protected[^]*--via pr/);
});

test("the remote that a person can push to is the one that leads to Argo CD's repository", async () => {
  remote.git(remote.colleague, 'remote', 'add', 'work', 'git@git.example.com:aia/aia-gitops.git');
  const url = async (repositoryUrl: string): Promise<string> =>
    (await pushableRemote(remote.colleague, repositoryUrl, 'main')).url;
  expect(await url('https://git.example.com/aia/aia-gitops.git')).toBe('git@git.example.com:aia/aia-gitops.git');
  expect(await url('https://git.example.com/aia/other.git')).toBe('https://git.example.com/aia/other.git');
});

test('trailers come back as they went in, and other commits have none', () => {
  const trailers = { rollout: rolloutId('west', '0123456789abcdef'), step: 'none..phase-1', cluster: 'west' } as const;
  expect(trailers.rollout).toBe('west-0123456789ab');
  expect(readTrailers(commitMessage('Subject', 'Body', trailers))).toEqual(trailers);
  expect(readTrailers('Fix: say Aia-Step: in a sentence')).toBeUndefined();
});

test('credentials in addresses are never told', () => {
  expect(withoutCredentials("fatal: unable to access 'https://me:ghp_secret@git.example.com/a/'")).toBe(
    "fatal: unable to access 'https://git.example.com/a/'",
  );
});
