import { spawnSync } from 'node:child_process';
import { hostname, userInfo } from 'node:os';
import { KubeStub } from '../../testing/kube-stub';
import { processSpace } from '../process-space';
import { textField } from './field';
import { RolloutLease } from './lease';

const WHERE = { name: 'aia-rollout-west', namespace: 'argocd' };

let stub: KubeStub;
beforeEach(async () => {
  stub = await KubeStub.start();
});
afterEach(() => stub.stop());

const take = (): Promise<RolloutLease> => RolloutLease.take(stub.connect(), WHERE, 'west-2', () => undefined);

function heldBy(holder: string, secondsAgo: number, annotations: Record<string, string> = {}): void {
  const renewTime = new Date(Date.now() - secondsAgo * 1000).toISOString();
  stub.put({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { ...WHERE, resourceVersion: '1', annotations },
    spec: { holderIdentity: holder, leaseDurationSeconds: 60, renewTime },
  });
}

const holder = async (): Promise<string | undefined> =>
  textField(
    await stub.connect().find('coordination.k8s.io/v1', 'Lease', WHERE.name, WHERE.namespace),
    'spec',
    'holderIdentity',
  );

test('is made where there is none, and given back empty', async () => {
  const lease = await take();
  expect(await holder()).toContain(`process ${process.pid}`);
  await lease.release(true);
  expect(await holder()).toBe('');
});

test('keeps a second rollout out, and says who is there', async () => {
  heldBy('ada on laptop, process 7', 10);
  await expect(take()).rejects.toThrow(/another rollout holds the Lease aia-rollout-west: ada on laptop, process 7/);
});

test('is taken over from one who has been silent for longer than its duration', async () => {
  heldBy('ada on laptop, process 7', 61);
  const lease = await take();
  expect(await holder()).toContain(`process ${process.pid}`);
  await lease.release(true);
});

test('is not given back by one who has lost it', async () => {
  const lease = await take();
  heldBy('grace', 0);
  await lease.release(true);
  expect(await holder()).toBe('grace');
});

describe('while the API server is away', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['Date', 'nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('one renewal waits for it, and is over before the Lease is given back', async () => {
    const lease = await RolloutLease.take(stub.connect(60), WHERE, 'west-2', () => undefined);
    stub.failures = { status: 503, times: 2 };
    jest.advanceTimersByTime(60_000);
    await lease.release(true);
    expect(await holder()).toBe('');
    expect(stub.calls.filter(({ method }) => method === 'PUT')).toHaveLength(2);
  });
});

describe('a holder of this user on this machine', () => {
  const me = `${userInfo().username} on ${hostname()}, process `;
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const here = { 'aia-rollout/process-space': processSpace() };

  test('that is dead loses it at once', async () => {
    heldBy(`${me}${dead}`, 1, here);
    await (await take()).release(true);
  });

  test.each([
    ['lives', `${me}${process.ppid}`, here],
    ['counts its processes elsewhere, as a container does', `${me}${dead}`, { 'aia-rollout/process-space': 'other' }],
    ['is another user', `${me}${dead}`.replace(/^/, 'not-'), here],
  ])('keeps it where it %s', async (_, who, annotations) => {
    heldBy(who, 1, annotations);
    await expect(take()).rejects.toThrow(/another rollout holds the Lease/);
  });
});

test('tells the next one which rollouts have not ended, until one has', async () => {
  heldBy('ada', 61, { 'aia-rollout/unfinished': 'west-1' });
  const second = await take();
  expect([...second.unfinished]).toEqual(['west-1']);
  await second.release(false);
  const third = await take();
  expect([...third.unfinished]).toEqual(['west-1', 'west-2']);
  await third.release(true);
  const fourth = await take();
  expect([...fourth.unfinished]).toEqual([]);
  await fourth.release(true);
});
