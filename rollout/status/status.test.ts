import { KubeStub } from '../../testing/kube-stub';
import { liveApplication, liveDeployment, wantedDeployment } from '../../testing/live-objects';
import { siteOf } from '../../testing/site';
import { clusterStatus, type Known } from './cluster-status';
import { statusText } from './text';

const known: Known = {
  site: siteOf('europe-west4'),
  pinned: 'phase-1',
  rendered: ['phase-1', 'phase-2'],
  desired: [wantedDeployment('api', 3)],
  lastStep: undefined,
  cost: { min: 1322.92, max: 1400 },
};
/** A Saturday: the window is open. */
const SATURDAY = Date.parse('2026-08-08T10:00:00Z');

let stub: KubeStub;
beforeEach(async () => {
  stub = await KubeStub.start();
  stub.serve('argoproj.io/v1alpha1', 'Application', 'applications');
  stub.put(
    liveApplication('aia-root', 'argocd/europe-west4/apps', 'c'),
    ...['platform', 'policy', 'workloads'].map((layer) =>
      liveApplication(`aia-${layer}-europe-west4`, `dist/phase-1/europe-west4/${layer}`, 'c'),
    ),
  );
});
afterEach(() => stub.stop());

test('a healthy cluster: where it is, what it costs, what is next, and nothing that holds it back', async () => {
  stub.put(liveDeployment('api', 3));
  const status = await clusterStatus(known, stub.connect(), SATURDAY);
  expect(status).toMatchObject({
    running: 'phase-1',
    health: 1,
    sync: '4 Synced, Healthy',
    next: 'phase-2',
    heldBackBy: [],
  });
  expect(statusText([status])).toMatch(
    /europe-west4 +phase-1 +phase-1 +100 % \(3 of 3\) +4 Synced, Healthy +1322.92 – 1400.00 USD +phase-2/,
  );
});

test('what holds the next step back is said: figures of the gate, and the hour', async () => {
  stub.put(liveDeployment('api', 3, { availableReplicas: 1 }));
  const { heldBackBy } = await clusterStatus(known, stub.connect(), Date.parse('2026-08-03T10:00:00Z'));
  expect(heldBackBy[0]).toBe('deployment health 33.3 %, at least 85 %');
  expect(heldBackBy.at(-1)).toContain('it is the peak');
});

test('a cluster that no context leads to still has its pin and its cost', async () => {
  const status = await clusterStatus(known, undefined, SATURDAY);
  expect(status).toMatchObject({
    pinned: 'phase-1',
    next: 'phase-2',
    heldBackBy: [expect.stringContaining('--context')],
  });
  expect(statusText([status])).not.toContain('\u001b');
});

test('the last phase has no next one', async () => {
  expect((await clusterStatus({ ...known, pinned: 'phase-2' }, undefined, SATURDAY)).next).toBeUndefined();
});
