import { platform } from '../../platform/platform';
import { changes, FakeCloud, steps } from '../../testing/fake-cloud';
import { renderInfrastructure } from '../render';

const files = renderInfrastructure(platform);
const ON_DEMAND = ['cognitive', 'core', 'core-extra', 'ml'];
const WITH_SPOT = ['cognitive', 'core', 'core-extra', 'ml-spot-a', 'ml-spot-b'];

let cloud: FakeCloud;
beforeEach(() => {
  cloud = new FakeCloud(files);
});
afterEach(() => {
  cloud.remove();
});

function callThat(calls: readonly string[], what: string): string {
  const found = calls.filter((call) => call.includes(what));
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}

describe('build.sh', () => {
  test('makes everything, what is needed first; the pool that GKE insists on goes last', () => {
    const { code, stderr, calls } = cloud.run('gke/europe-west4/build.sh', ['phase-2']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(steps(calls)).toEqual([
      'create aia',
      'create aia-nodes',
      'create aia',
      'create disks',
      'create database',
      'create aia-europe-west4',
      'create aia-europe-west4',
      'create aia-europe-west4',
      'create aia-gateway',
      'create aia-front-door',
      'create aia-europe-west4-webhooks',
      'create aia-europe-west4',
      'create core',
      'create core-extra',
      'create cognitive',
      'create ml',
      'delete default-pool',
    ]);
    expect(cloud.things('container-node-pools')).toEqual(ON_DEMAND);
  });

  test('run again, it changes nothing', () => {
    cloud.run('gke/europe-west4/build.sh', ['phase-3']);
    const before = cloud.everything();
    expect(cloud.things('container-node-pools')).toEqual(WITH_SPOT);
    const { code, calls, stdout } = cloud.run('gke/europe-west4/build.sh', ['phase-3']);
    expect(code).toBe(0);
    expect(changes(calls)).toEqual([]);
    expect(stdout).toContain('pool ml-spot-a: is there');
    expect(cloud.everything()).toEqual(before);
  });

  test('interrupted at one call or another, the next run ends where an uninterrupted one does', () => {
    const whole = cloud.run('gke/europe-west1/build.sh');
    const expected = cloud.everything();
    expect(whole.calls.length).toBeGreaterThan(30);
    for (let call = 1; call <= whole.calls.length; call += 5) {
      const other = new FakeCloud(files);
      expect([call, other.run('gke/europe-west1/build.sh', [], call).code]).not.toEqual([call, 0]);
      expect(other.run('gke/europe-west1/build.sh')).toMatchObject({ code: 0 });
      expect(other.everything()).toEqual(expected);
      other.remove();
    }
  }, 60_000);

  test.each([[[]], [['phase-4']]])('asks nothing: %j is refused, with the phases there are', (args) => {
    const { code, stderr, calls } = cloud.run('gke/europe-west4/build.sh', args);
    expect(stderr).toMatch(/is no phase of this cluster\.\n {2}Fix: write one of phase-1, phase-2, phase-3\n/);
    expect(code).toBe(2);
    expect(calls).toEqual([]);
  });
});

test('the control plane is as decided', () => {
  const { calls } = cloud.run('gke/europe-west4/build.sh', ['phase-1']);
  const flags = callThat(calls, 'container clusters create').replaceAll('\\', '').split(' ');
  expect(flags).toEqual(
    expect.arrayContaining([
      '--location=europe-west4',
      '--enable-dataplane-v2',
      '--enable-ip-alias',
      '--workload-pool=aia-example.svc.id.goog',
      '--enable-private-nodes',
      '--enable-private-endpoint',
      '--release-channel=regular',
      '--database-encryption-key=projects/aia-example/locations/europe-west4/keyRings/aia/cryptoKeys/database',
      '--no-enable-managed-prometheus',
      // The peak ends at 20:00 and begins at 7:00 in Amsterdam: 19:00 and 6:00 UTC in winter, 18:00 and 5:00 in summer.
      '--maintenance-window-start=2000-01-01T19:00:00Z',
      '--maintenance-window-end=2000-01-02T05:00:00Z',
      '--maintenance-window-recurrence=FREQ=DAILY',
    ]),
  );
});

test('keys rotate, and only the account that encrypts may use each', () => {
  const { calls } = cloud.run('gke/europe-west4/keys.sh');
  for (const [key, agent] of [
    ['disks', 'compute-system'],
    ['database', 'container-engine-robot'],
  ] as const) {
    expect(callThat(calls, `keys create ${key}`)).toMatch(/--rotation-period=90d --next-rotation-time=\+p90d/);
    const allowed = callThat(calls, `cryptoKeys/${key} --role`);
    expect(allowed).toContain('--role=roles/cloudkms.cryptoKeyEncrypterDecrypter');
    expect(allowed).toContain(`--member=serviceAccount:service-123456789012@${agent}.iam.gserviceaccount.com`);
  }
});

describe('pools', () => {
  test.each([
    [
      'phase-1',
      'core',
      'europe-west4-a,europe-west4-b,europe-west4-c',
      'aia.io/pool=core,aia.io/capacity-spread=1,aia.io/addons=true',
    ],
    ['phase-1', 'core-extra', 'europe-west4-a', 'aia.io/pool=core,aia.io/capacity-spread=1,aia.io/addons=true'],
    [
      'phase-1',
      'cognitive',
      'europe-west4-b,europe-west4-c',
      'aia.io/pool=cognitive,aia.io/capacity-spread=1,aia.io/addons=true',
    ],
    ['phase-1', 'ml', 'europe-west4-a,europe-west4-b', 'aia.io/pool=ml,aia.io/capacity-spread=1'],
    ['phase-3', 'ml-spot-a', 'europe-west4-a', 'aia.io/pool=ml-spot,aia.io/capacity-spread=2'],
    ['phase-3', 'ml-spot-b', 'europe-west4-b', 'aia.io/pool=ml-spot,aia.io/capacity-spread=3'],
  ])('%s %s: one n2d-standard-4 in each of %s, labelled %s', (phase, pool, zones, labels) => {
    cloud.has('container-clusters', 'aia-europe-west4');
    const { calls } = cloud.run(`gke/europe-west4/pools-${phase}.sh`);
    const call = callThat(calls, `node-pools create ${pool} `).replaceAll('\\', '');
    for (const flag of [
      '--machine-type=n2d-standard-4',
      '--num-nodes=1',
      '--enable-autorepair',
      '--enable-autoupgrade',
    ])
      expect(call).toContain(`${flag} `);
    expect(call).toContain(`--node-locations=${zones} `);
    expect(call).toContain(`--node-labels=${labels} `);
    expect(call).toContain('--max-surge-upgrade=1 --max-unavailable-upgrade=0');
    expect(call).toContain(
      '--boot-disk-kms-key=projects/aia-example/locations/europe-west4/keyRings/aia/cryptoKeys/disks',
    );
    const isSpot = pool.startsWith('ml-spot');
    expect(call.includes('--spot ')).toBe(isSpot);
    expect(call.includes('--node-taints=cloud.google.com/gke-spot=true:NoSchedule ')).toBe(isSpot);
  });
});

describe('nothing is done', () => {
  const scripts = [...files.keys()].filter((file) => /^gke\/(?!common).*\.sh$/.test(file));

  test.each(scripts)('%s: in another project', (script) => {
    cloud.set('project', 'somebody-elses');
    const { code, stderr, calls } = cloud.run(script, script.includes('west4/build') ? ['phase-1'] : []);
    expect(stderr).toMatch(
      /set to project "somebody-elses", this script is for "aia-example"\. Nothing was changed\.\n {2}Fix: /,
    );
    expect(code).toBe(2);
    expect(calls).toEqual(['gcloud config get-value project']);
  });

  test.each(scripts.filter((file) => file.includes('-to-')))('%s: with another context', (script) => {
    cloud.set('context', 'kind-aia');
    const { code, stderr, calls } = cloud.run(script);
    expect(stderr).toMatch(
      /set to context "kind-aia".*Nothing was changed\.\n {2}Fix: gcloud container clusters get-credentials/,
    );
    expect(code).toBe(2);
    expect(changes(calls)).toEqual([]);
  });

  test('where a list may not be read: that is not the same as an empty one', () => {
    cloud.set('forbidden', '');
    const { code, stderr, calls } = cloud.run('gke/europe-west4/network.sh');
    expect(stderr).toMatch(
      /PERMISSION_DENIED\n"gcloud compute networks subnets list .*" failed, see above\.\n {2}Fix: /,
    );
    expect(code).toBe(2);
    expect(changes(calls)).toEqual([]);
  });

  test('for pools of a cluster that is not there', () => {
    const { code, stderr } = cloud.run('gke/europe-west4/pools-phase-1.sh');
    expect(stderr).toBe('There is no cluster aia-europe-west4.\n  Fix: run create-cluster.sh first\n');
    expect(code).toBe(2);
  });
});
