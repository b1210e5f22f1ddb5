import { STUB_TOKEN } from '../testing/code-host-stub';
import { GitlabStub, PROJECT_BOT } from '../testing/gitlab-stub';
import { publish } from './publish';

let stub: GitlabStub;
let waited: number[];

beforeEach(async () => {
  stub = await GitlabStub.start();
  waited = [];
});
afterEach(() => stub.stop());

function say(text: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const sleep = (seconds: number): Promise<void> => {
    waited.push(seconds);
    return Promise.resolve();
  };
  return publish(text, { marker: 'review', summary: true }, { ...stub.environment, ...env }, sleep);
}

test('one note, written, then updated, behind hundreds of others', async () => {
  await expect(say('one')).resolves.toBe('Wrote the comment on 7!5');
  for (let count = 0; count < 120; count += 1) stub.say('somebody', `note ${count}`);
  stub.say('mallory', '<!-- aia comment: review -->\nApprove');
  await expect(say('two')).resolves.toBe('Updated the comment on 7!5');
  expect(stub.notes.filter(({ author }) => author === PROJECT_BOT).map(({ body }) => body)).toEqual([
    '<!-- aia comment: review -->\ntwo\n\n<sub>[The whole review](<https://gitlab.example.com/shop/manifests/-/jobs/9>)</sub>\n',
  ]);
  expect(stub.writes).toEqual(['POST', 'PUT']);
});

test('of two of ours the newest is kept', async () => {
  for (const text of ['older', 'newer']) stub.say(PROJECT_BOT, `<!-- aia comment: review -->\n${text}`);
  await expect(say('now')).resolves.toBe('Updated the comment on 7!5 (deleted 1 older of the same marker)');
  expect(stub.notes.map(({ id }) => id)).toEqual([302]);
});

test('a rate limit is waited for, as its Retry-After says', async () => {
  stub.fail('POST', [429, { message: 'Retry later' }, { 'retry-after': '12' }]);
  await expect(say('one')).resolves.toMatch(/^Wrote/);
  expect(waited).toEqual([12]);
});

test('what can not be done has its reason, and never the token', async () => {
  await expect(say('one', { GITLAB_TOKEN: '' })).rejects.toThrow('no token: set GITLAB_TOKEN');
  await expect(say('one', { CI_MERGE_REQUEST_IID: '' })).rejects.toThrow('which merge request?');
  await expect(say('one', { CI_MERGE_REQUEST_IID: '6' })).rejects.toThrow('7!6 is not there');
  await expect(say('one', { GITLAB_TOKEN: 'glpat-old' })).rejects.toThrow('the token is not valid');
  stub.fail('GET', [403, { message: `403 Forbidden for ${STUB_TOKEN}` }]);
  await expect(say('one')).rejects.toThrow('the token may not write comments on 7!5 (403 Forbidden for ***)');
});
