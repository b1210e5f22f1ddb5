import { platform } from '../../platform/platform';
import { FakeCloud, steps } from '../../testing/fake-cloud';
import { renderInfrastructure } from '../render';

const files = renderInfrastructure(platform);
const WEST4 = 'gke_aia-example_europe-west4_aia-europe-west4';
const ON_DEMAND = ['cognitive', 'core', 'core-extra', 'ml'];
const WITH_SPOT = ['cognitive', 'core', 'core-extra', 'ml-spot-a', 'ml-spot-b'];

let cloud: FakeCloud;
beforeEach(() => {
  cloud = new FakeCloud(files);
});
afterEach(() => {
  cloud.remove();
});

describe('the pools of a step', () => {
  const at = (phase: string): void => {
    cloud.set('application', `dist/${phase}/europe-west4/workloads Synced Healthy`);
  };
  beforeEach(() => {
    cloud.set('context', WEST4);
    cloud.has('container-clusters', 'aia-europe-west4');
  });

  test('2 to 3: spot nodes before the promotion, the drain of ml after it', () => {
    cloud.has('container-node-pools', ...ON_DEMAND);
    at('phase-2');
    const before = cloud.run('gke/europe-west4/phase-2-to-3.sh');
    expect(before).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Not there yet\. .*--to phase-3'?\n/) as string,
    });
    expect(steps(before.calls)).toEqual([
      'create ml-spot-a',
      'create ml-spot-b',
      'uncordon node/gke-ml-spot-a',
      'uncordon node/gke-ml-spot-b',
    ]);
    expect(cloud.things('container-node-pools')).toEqual([...ON_DEMAND, 'ml-spot-a', 'ml-spot-b']);

    at('phase-3');
    const { code, calls } = cloud.run('gke/europe-west4/phase-2-to-3.sh');
    expect(code).toBe(0);
    expect(steps(calls).slice(2)).toEqual(['cordon node/gke-ml', 'drain node/gke-ml', 'delete ml']);
    // What runs is asked for between the drain and the point of no return.
    const order = ['drain', 'condition=Available', 'node-pools delete'].map((what) =>
      calls.findIndex((call) => call.includes(what)),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(cloud.things('container-node-pools')).toEqual(WITH_SPOT);
  });

  test('3 to 2: the other way round', () => {
    cloud.has('container-node-pools', ...WITH_SPOT);
    at('phase-3');
    expect(steps(cloud.run('gke/europe-west4/phase-3-to-2.sh').calls)).toEqual(['create ml', 'uncordon node/gke-ml']);
    at('phase-2');
    expect(steps(cloud.run('gke/europe-west4/phase-3-to-2.sh').calls).slice(1)).toEqual([
      'cordon node/gke-ml-spot-a',
      'cordon node/gke-ml-spot-b',
      'drain node/gke-ml-spot-a',
      'drain node/gke-ml-spot-b',
      'delete ml-spot-a',
      'delete ml-spot-b',
    ]);
    expect(cloud.things('container-node-pools')).toEqual(ON_DEMAND);
  });

  test('a cluster that has gone on to phase 1 meanwhile has arrived too: its pools are the same', () => {
    cloud.has('container-node-pools', ...WITH_SPOT);
    at('phase-1');
    cloud.run('gke/europe-west4/phase-3-to-2.sh');
    expect(cloud.things('container-node-pools')).toEqual(ON_DEMAND);
  });

  test.each([
    '',
    'dist/phase-3/europe-west4/workloads OutOfSync Healthy',
    'dist/phase-3/europe-west4/workloads Synced Progressing',
  ])('nothing is drained while Argo CD says "%s"', (state) => {
    cloud.has('container-node-pools', ...ON_DEMAND);
    cloud.set('application', state);
    const { code, calls } = cloud.run('gke/europe-west4/phase-2-to-3.sh');
    expect(code).toBe(0);
    expect(steps(calls).filter((step) => /^(drain|delete|cordon)/.test(step))).toEqual([]);
  });

  test('interrupted at any call, the next run ends with the same pools and creates none twice', () => {
    cloud.has('container-node-pools', ...ON_DEMAND);
    at('phase-3');
    const { calls } = cloud.run('gke/europe-west4/phase-2-to-3.sh');
    for (let call = 1; call <= calls.length; call += 1) {
      const other = new FakeCloud(files);
      other.set('context', WEST4);
      other.has('container-clusters', 'aia-europe-west4');
      other.has('container-node-pools', ...ON_DEMAND);
      other.set('application', 'dist/phase-3/europe-west4/workloads Synced Healthy');
      expect([call, other.run('gke/europe-west4/phase-2-to-3.sh', [], call).code]).not.toEqual([call, 0]);
      expect(other.run('gke/europe-west4/phase-2-to-3.sh')).toMatchObject({ code: 0, stderr: '' });
      expect([call, other.things('container-node-pools')]).toEqual([call, WITH_SPOT]);
      other.remove();
    }
  }, 60_000);

  test('an operation that an interrupted run has left in the cloud is waited for', () => {
    cloud.has('container-node-pools', ...WITH_SPOT);
    at('phase-3');
    cloud.set('operations', 'operation-17\n');
    const { calls } = cloud.run('gke/europe-west4/phase-2-to-3.sh');
    const wait = calls.findIndex((call) => call.includes('operations wait operation-17'));
    expect(wait).toBeGreaterThan(0);
    expect(calls.findIndex((call) => call.includes('node-pools'))).toBeGreaterThan(wait);
  });

  test('a spot pool that gets no node stops before the promotion', () => {
    cloud.has('container-node-pools', ...ON_DEMAND);
    cloud.set('sold-out', 'ml-spot-b');
    const { code, stderr } = cloud.run('gke/europe-west4/phase-2-to-3.sh');
    expect(stderr).toMatch(/^Pool ml-spot-b has no node\.\n {2}Fix: spot machines may be sold out/);
    expect(code).toBe(2);
  });
});
