import { KubeStub } from '../../testing/kube-stub';
import { textField } from './field';
import { RolloutLease } from './lease';

const WHERE = { name: 'aia-rollout-west', namespace: 'argocd' };

let stub: KubeStub;
beforeEach(async () => {
  stub = await KubeStub.start();
});
afterEach(() => stub.stop());

const take = (): Promise<RolloutLease> => RolloutLease.take(stub.connect(), WHERE, () => undefined);

function heldBy(holder: string, secondsAgo: number): void {
  const renewTime = new Date(Date.now() - secondsAgo * 1000).toISOString();
  stub.put({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { ...WHERE, resourceVersion: '1' },
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
  await lease.release();
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
  await lease.release();
});

test('is not given back by one who has lost it', async () => {
  const lease = await take();
  heldBy('grace', 0);
  await lease.release();
  expect(await holder()).toBe('grace');
});
