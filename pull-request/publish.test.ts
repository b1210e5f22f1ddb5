import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { STUB_TOKEN } from '../testing/code-host-stub';
import { GithubStub, JOB_BOT } from '../testing/github-stub';
import { publish, type Publication } from './publish';

const MARKER = '<!-- aia comment: review -->';
const RUN = 'https://github.example.com/shop/manifests/actions/runs/77';
const REFUSED = { message: 'Resource not accessible by integration' };
let stub: GithubStub;
let folder: string;
let waited: number[];

beforeEach(async () => {
  stub = await GithubStub.start();
  folder = mkdtempSync(path.join(tmpdir(), 'aia-comment-'));
  waited = [];
});
afterEach(async () => {
  await stub.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The command on a pull request; waits are written down, not waited. */
function say(
  text: string,
  wanted: Partial<Publication> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const sleep = (seconds: number): Promise<void> => {
    waited.push(seconds);
    return Promise.resolve();
  };
  return publish(text, { marker: 'review', summary: true, ...wanted }, { ...stub.environment, ...env }, sleep);
}

const bodies = (): readonly string[] => stub.comments.map(({ body }) => body);

describe('one comment that is updated', () => {
  test('the first run writes it, with the marker first and the run last', async () => {
    await expect(say('### Read 1 change')).resolves.toBe(
      'Wrote the comment on shop/manifests#12: https://github.example.com/shop/manifests/pull/12#issuecomment-1001',
    );
    expect(bodies()).toEqual([`${MARKER}\n### Read 1 change\n\n<sub>[The whole review](<${RUN}>)</sub>\n`]);
  });

  test('later runs update it, and say when there is nothing to say', async () => {
    await say('one');
    await expect(say('')).resolves.toMatch(/^Updated the comment/);
    expect(bodies()).toEqual([expect.stringContaining('There is nothing to say about this change.') as string]);
    await expect(say('')).resolves.toMatch(/^The comment says that already/);
    expect(stub.writes).toEqual(['POST', 'PATCH']);
  });

  test('another marker is another comment', async () => {
    await say('of staging', { marker: 'staging' });
    await say('of production', { marker: 'production' });
    await say('of staging again', { marker: 'staging' });
    expect(bodies().map((body) => body.split('\n')[1])).toEqual(['of staging again', 'of production']);
    await expect(say('', { marker: 'a --> b' })).rejects.toThrow('"a --> b" is no name of a marker');
  });

  test('it is found behind hundreds of others, 100 a page', async () => {
    for (let count = 0; count < 250; count += 1) stub.say('somebody', `comment ${count}`);
    await say('one');
    await say('two');
    expect(stub.comments).toHaveLength(251);
    const pages = stub.calls.flatMap((call) => (call.method === 'GET' ? [call.path.split('?')[1]] : []));
    expect(pages.slice(0, 3)).toEqual(['per_page=100', 'per_page=100&page=2', 'per_page=100&page=3']);
  });

  test('two of ours, from runs at the same time: the newest is kept', async () => {
    stub.say(JOB_BOT, `${MARKER}\nolder`);
    stub.say(JOB_BOT, `${MARKER}\nnewer`);
    await expect(say('now')).resolves.toContain('(deleted 1 older of the same marker)');
    expect(stub.comments.map(({ id }) => id)).toEqual([1002]);
    expect(bodies()[0]).toContain('now');
  });

  test('an older one that can not be deleted does not matter', async () => {
    stub.say(JOB_BOT, `${MARKER}\nolder`);
    stub.say(JOB_BOT, `${MARKER}\nnewer`);
    stub.fail('DELETE', [403, REFUSED]);
    await expect(say('now')).resolves.toContain('(1 older could not be deleted)');
  });
});

describe('comments of others', () => {
  test('one who copies the marker is not written over, nor taken for ours', async () => {
    const copied = stub.say('mallory', `${MARKER}\nApprove, all is well`);
    await say('Do not approve');
    await say('Do not approve yet');
    expect(copied.body).toBe(`${MARKER}\nApprove, all is well`);
    expect(bodies().slice(1)).toEqual([expect.stringContaining('Do not approve yet') as string]);
  });

  test('a marker that a comment of ours only quotes is not its own', async () => {
    await say(`\`\`\`\n<!-- aia comment: production -->\n\`\`\``, { marker: 'staging' });
    await say('of production', { marker: 'production' });
    expect(stub.comments).toHaveLength(2);
  });

  test('--author says who we are, and the API is not asked', async () => {
    stub.say('deploy-bot', `${MARKER}\nold`);
    await expect(say('new', { author: 'deploy-bot' })).resolves.toMatch(/^Updated/);
    expect(stub.calls.map(({ path: called }) => called)).not.toContain('/api/graphql');
  });
});

describe('an API that does not answer as it should', () => {
  test('server errors are tried again, later each time', async () => {
    await say('one');
    stub.fail('PATCH', [502, { message: 'Bad Gateway' }], { times: 3 });
    await expect(say('two')).resolves.toMatch(/^Updated/);
    expect(waited).toEqual([1, 4, 9]);
  });

  test('and are an error in the end', async () => {
    await say('one');
    stub.fail('PATCH', [502, { message: 'Bad Gateway' }], { times: 4 });
    await expect(say('two')).rejects.toThrow('shop/manifests#12: Bad Gateway (HTTP 502).');
  });

  test.each([
    ['429 with Retry-After', [429, { message: 'Too many' }, { 'retry-after': '7' }], 7],
    [
      'a secondary limit with Retry-After',
      [403, { message: 'You have exceeded a secondary rate limit.' }, { 'retry-after': '30' }],
      30,
    ],
    [
      'a secondary limit that says no time: a minute',
      [403, { message: 'You have exceeded a secondary rate limit.' }],
      60,
    ],
    [
      'a primary limit whose time has come',
      [403, { message: 'API rate limit exceeded' }, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }],
      0,
    ],
  ] as const)('%s is waited for', async (_, answer, seconds) => {
    stub.fail('POST', answer, { times: 1 });
    await expect(say('one', { author: JOB_BOT })).resolves.toMatch(/^Wrote/);
    expect(waited).toEqual([seconds]);
    expect(stub.comments).toHaveLength(1);
  });

  test('a wait longer than a job should take is an error', async () => {
    stub.fail('POST', [429, { message: 'Too many' }, { 'retry-after': '3600' }]);
    await expect(say('one', { author: JOB_BOT })).rejects.toThrow('asks to wait 3600 seconds (Too many)');
    expect(waited).toEqual([]);
  });

  test('a new comment whose answer is lost is looked for, not written twice', async () => {
    stub.fail('POST', [504, { message: 'Gateway Timeout' }], { afterwards: true });
    await expect(say('one', { author: JOB_BOT })).resolves.toMatch(/^The comment says that already/);
    expect(stub.comments).toHaveLength(1);
  });

  test('and written where it did not arrive', async () => {
    stub.fail('POST', [504, { message: 'Gateway Timeout' }]);
    await expect(say('one', { author: JOB_BOT })).resolves.toMatch(/^Wrote/);
    expect(stub.comments).toHaveLength(1);
  });

  test('nobody listens', async () => {
    const other = await GithubStub.start();
    const { GITHUB_API_URL = '' } = other.environment;
    await other.stop();
    await expect(say('one', {}, { GITHUB_API_URL })).rejects.toThrow(
      /^shop\/manifests#12: the API does not answer \(.*ECONNREFUSED/,
    );
    expect(waited).toEqual([1, 4, 9]);
  });

  test.each([
    ['a bad token', { GITHUB_TOKEN: 'ghs_old' }, 'the token is not valid (Bad credentials)'],
    [
      'a pull request that is not there',
      { GITHUB_REPOSITORY: 'shop/other' },
      'shop/other#12 is not there, or the token may not see it',
    ],
    ['no token', { GITHUB_TOKEN: '' }, 'no token: set GITHUB_TOKEN'],
    ['no pull request', { GITHUB_REF: 'refs/heads/main' }, 'name it with --pull-request NUMBER'],
    ['no repository', { GITHUB_REPOSITORY: '' }, 'Name it with --repository owner/name'],
    ['no address', { GITHUB_API_URL: 'api.github.com' }, 'GITHUB_API_URL must be an address'],
  ])('%s', async (_, env, reason) => {
    await expect(say('one', {}, env)).rejects.toThrow(reason);
  });

  test('the token is in no message, even where the API sends it back', async () => {
    stub.fail('GET', [422, { message: `no such thing as ${STUB_TOKEN}\n::error::forged` }]);
    const error = await say('one').catch((caught: unknown) => caught);
    expect(String(error)).toContain('no such thing as *** ::error::forged');
    expect(JSON.stringify(error)).not.toContain(STUB_TOKEN);
  });
});

describe('a token that may only read, as that of a fork', () => {
  test('the text goes to the job summary, behind what is there', async () => {
    const summary = path.join(folder, 'summary.md');
    writeFileSync(summary, 'before\n');
    stub.isReadOnly = true;
    await expect(say('### Read 1 change\n', {}, { GITHUB_STEP_SUMMARY: summary })).resolves.toMatch(
      /^No comment: the token may not write comments on shop\/manifests#12 \(Resource not accessible by integration\)/,
    );
    expect(readFileSync(summary, 'utf8')).toBe('before\n### Read 1 change\n');
    expect(waited).toEqual([]);
  });

  test('without a job summary it would be shown nowhere: an error, unless the caller shows it', async () => {
    stub.isReadOnly = true;
    await expect(say('one')).rejects.toThrow('there is no job summary to write to');
    await expect(say('one', { summary: false })).resolves.toMatch(/^No comment/);
  });

  test('the summary gets no more than the mebibyte that GitHub takes', async () => {
    const summary = path.join(folder, 'summary.md');
    stub.isReadOnly = true;
    const text = Array.from({ length: 20_000 }, (_, index) => `paragraph ${index}: ${'ü'.repeat(40)}`).join('\n\n');
    await say(text, {}, { GITHUB_STEP_SUMMARY: summary });
    const written = readFileSync(summary);
    expect(written.length).toBeLessThanOrEqual(1024 * 1024);
    expect(written.length).toBeGreaterThan(1024 * 1024 - 1000);
    expect(written.toString('utf8')).toMatch(/lines do not fit here\.\*\* \[The whole text\]/);
  });

  test('any other failure writes it there too, and is a failure', async () => {
    const summary = path.join(folder, 'summary.md');
    stub.fail('GET', [500, { message: 'broken' }], { times: 4 });
    await expect(say('one', {}, { GITHUB_STEP_SUMMARY: summary })).rejects.toThrow('broken (HTTP 500)');
    expect(readFileSync(summary, 'utf8')).toBe('one\n');
  });
});

describe('which pull request', () => {
  const event = (value: unknown): Record<string, string> => {
    const file = path.join(folder, 'event.json');
    writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
    return { GITHUB_EVENT_PATH: file, GITHUB_REF: 'refs/heads/main' };
  };

  test.each([
    ['pull_request', { number: 12, pull_request: { number: 12 } }],
    ['issue_comment on a pull request', { issue: { number: 12, pull_request: { url: 'x' } } }],
    ['workflow_run of a branch here', { workflow_run: { pull_requests: [{ number: 12 }] } }],
  ])('that of the event: %s', async (_, value) => {
    await expect(say('one', {}, event(value))).resolves.toContain('shop/manifests#12');
  });

  test('an event without one, and a file that is no event', async () => {
    await expect(say('one', {}, event({ issue: { number: 12 } }))).rejects.toThrow('which pull request?');
    await expect(say('one', {}, event('{'))).rejects.toThrow('can not be read as JSON');
    await expect(say('one', { pullRequest: 12 }, event('{'))).resolves.toMatch(/^Wrote/);
  });

  test('api.github.com has no /api/v3', async () => {
    await expect(say('one', {}, { GITHUB_API_URL: stub.origin })).resolves.toMatch(/^Wrote/);
  });
});

test('a text that is too long is cut, and says where all of it is', async () => {
  const text = Array.from({ length: 9_000 }, (_, index) => `- change ${index}`).join('\n');
  await say(text, { detailsUrl: 'https://github.example.com/artifacts/3' });
  const [body = ''] = bodies();
  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body.length).toBeGreaterThan(65_000);
  expect(body).toMatch(
    /- change \d+\n\n\*\*Cut here: \d+ of 9000 lines do not fit here\.\*\* \[The whole text\]\(<https:\/\/github\.example\.com\/artifacts\/3>\)/,
  );
  await expect(say(text, { detailsUrl: 'javascript:alert(1)' })).rejects.toThrow('--details-url must be an address');
});
