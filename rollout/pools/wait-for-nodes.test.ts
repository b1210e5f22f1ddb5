import type { KubeObject } from '../../model/kube-object';
import { siteOf } from '../../testing/site';
import { changesPools, missingNodes, poolScript, surplusNodes } from './node-counts';
import { nodesAreGone, nodesAreThere, type NodeWait } from './wait-for-nodes';

const site = siteOf('europe-west4');
const SPOT = { 'ml-spot-a': '2', 'ml-spot-b': '3' };

function node(name: string, pool: string, spread: string, ready = 'True', unschedulable = false): KubeObject {
  const labels = { 'aia.io/pool': pool, 'aia.io/capacity-spread': spread };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels },
    spec: { unschedulable },
    status: { conditions: [{ type: 'Ready', status: ready }] },
  };
}

const onDemand = [node('ml-0', 'ml', '1'), node('ml-1', 'ml', '1')];
const spot = Object.entries(SPOT).map(([name, spread]) => node(name, 'ml-spot', spread));
const selectors = (groups: readonly { selector: string }[]): string[] => groups.map(({ selector }) => selector);

/** A cluster whose nodes are those of each look in turn; the last answer stays. */
function waitOn(looks: KubeObject[][], stopAfter = Infinity): NodeWait & { said: string[]; looked: () => number } {
  const said: string[] = [];
  const stop = new AbortController();
  let time = 0;
  let looked = 0;
  return {
    site,
    said,
    looked: () => looked,
    stop: stop.signal,
    clone: { root: process.cwd() },
    live: {
      list: () => {
        looked += 1;
        if (looked > stopAfter) stop.abort();
        return Promise.resolve(looks[Math.min(looked, looks.length) - 1] ?? []);
      },
    },
    clock: {
      now: () => time,
      sleep: (ms) => {
        time += ms;
        return Promise.resolve();
      },
    },
    progress: { say: (text) => said.push(text), waiting: () => undefined },
  };
}

test.each([
  ['phase-1', 'phase-2', false],
  ['phase-2', 'phase-3', true],
  ['phase-3', 'phase-2', true],
  ['none', 'phase-1', false],
] as const)('from %s to %s nodes are exchanged: %s', (from, to, exchanged) => {
  expect(changesPools(site, from, to)).toBe(exchanged);
});

test('each spot pool must have its node, ready and open to pods; the pools that stay are not asked about', () => {
  expect(missingNodes(site, 'phase-2', 'phase-3', spot)).toEqual([]);
  expect(selectors(missingNodes(site, 'phase-2', 'phase-3', spot.slice(1)))).toEqual([
    'aia.io/pool=ml-spot,aia.io/capacity-spread=2',
  ]);
  const sick = [node('a', 'ml-spot', '2', 'Unknown'), node('b', 'ml-spot', '3', 'True', true)];
  expect(missingNodes(site, 'phase-2', 'phase-3', sick)).toHaveLength(2);
});

test('nodes of the other phase are too many, also two phases later', () => {
  expect(selectors(surplusNodes(site, 'phase-3', [...onDemand, ...spot]))).toEqual([
    'aia.io/pool=ml,aia.io/capacity-spread=1',
  ]);
  expect(selectors(surplusNodes(site, 'phase-1', [...onDemand, ...spot]))).toHaveLength(2);
  expect(surplusNodes(site, 'phase-3', spot)).toEqual([]);
});

test.each([
  ['phase-3', 'aia.io/pool=ml-spot,aia.io/capacity-spread=2', 'gke/europe-west4/phase-2-to-3.sh'],
  ['phase-2', 'aia.io/pool=ml-spot,aia.io/capacity-spread=2', 'gke/europe-west4/phase-3-to-2.sh'],
  ['phase-1', 'aia.io/pool=ml-spot,aia.io/capacity-spread=2', 'gke/europe-west4/phase-3-to-2.sh'],
] as const)('to %s the script for %s is %s', (to, selector, script) => {
  expect(poolScript(site, to, selector)).toBe(script);
});

test('shows the script with its lines, and goes on when the nodes are there', async () => {
  const wait = waitOn([onDemand, [...onDemand, ...spot.slice(1)], [...onDemand, ...spot]]);
  expect(await nodesAreThere(wait, 'phase-2', 'phase-3')).toBe(true);
  expect(wait.looked()).toBe(3);
  expect(wait.said[0]).toMatch(
    /infra\/gke\/europe-west4\/phase-2-to-3\.sh[^]*gcloud container node-pools create ml-spot-a/,
  );
});

test('says and waits for nothing where the nodes are there already: a re-run', async () => {
  const wait = waitOn([spot]);
  expect([await nodesAreThere(wait, 'phase-2', 'phase-3'), await nodesAreGone(wait, 'phase-3')]).toEqual([
    false,
    false,
  ]);
  expect(wait.said).toEqual([]);
});

test('waits until the nodes of the old phase are gone', async () => {
  const wait = waitOn([[...onDemand, ...spot], [...onDemand.slice(1), ...spot], spot]);
  expect(await nodesAreGone(wait, 'phase-3')).toBe(true);
  expect(wait.said[0]).toContain('drain_pools ml');
});

test('ends after the deadline of the data, and says how to go on', async () => {
  const wait = waitOn([onDemand]);
  await expect(nodesAreThere(wait, 'phase-2', 'phase-3')).rejects.toThrow(
    /240 min are over[^]*the same aia rollout again/,
  );
  expect(wait.clock.now()).toBe(240 * 60_000);
});

test('has a deadline, too, where the branch is older than this program and its data has none', async () => {
  const gates = { phases: site.platform.gates.phases, backOutMinutes: 30 } as typeof site.platform.gates;
  const old = { ...site, platform: { ...site.platform, gates } };
  await expect(nodesAreThere({ ...waitOn([onDemand]), site: old }, 'phase-2', 'phase-3')).rejects.toThrow(
    /240 min are over/,
  );
});

test('ends at once where the user stops it', async () => {
  await expect(nodesAreGone(waitOn([onDemand], 1), 'phase-3')).rejects.toThrow(/you stopped it/);
});
