import type { Cluster } from '../model/platform/cluster';
import { addonRequests, nodeCount } from '../model/platform/nodes';
import type { PhaseId } from '../model/platform/phase';
import { fromBytes } from '../model/quantity';
import { totalsOf, type Totals } from '../model/totals';
import { platform } from '../platform/platform';
import { objectsOf } from '../testing/rendered';

function totals(phase: PhaseId, cluster: string, of = platform): Totals {
  const data = { ...of.clusters[cluster], name: cluster } as Cluster;
  return totalsOf(objectsOf(of, phase, cluster), nodeCount(data, phase), addonRequests(of, data, phase));
}

test('phase 1 requests 21.50 cores at the minimum and 23.50 at the maximum, add-ons and node agents included', () => {
  const { min, max } = totals('phase-1', 'europe-west4');
  expect(min.requests.cpuMillicores).toBe(21_500n);
  expect(max.requests.cpuMillicores).toBe(23_500n);
});

test('that is below the 24 of 32 cores which the seed counts as used today', () => {
  expect(totals('phase-1', 'europe-west4').max.requests.cpuMillicores).toBeLessThanOrEqual(24_000n);
});

test('phase 2 requests 18.65 cores at the minimum and 28.15 at the maximum, proxies included', () => {
  const { min, max } = totals('phase-2', 'europe-west4');
  expect(min.requests.cpuMillicores).toBe(18_650n);
  expect(max.requests.cpuMillicores).toBe(28_150n);
});

test('phase 3 requests 19.05 cores at the minimum and 28.95 at the maximum', () => {
  // Platform design, section 6.1: 12.45 of apps and 21.70 at the maximum, 2.40 of agents on eight nodes, 4.20 and 4.45 of
  // add-ons. Not installed: Argo Rollouts, 0.10. Not in the design: two cognitive-health pods of 50m with their proxies.
  // The design counts one job of data protection at the maximum; by their schedules an erasure that somebody starts can
  // meet one other, so there are two of 200m.
  const { min, max } = totals('phase-3', 'europe-west4');
  expect(min.requests.cpuMillicores).toBe(12_450n + 100n + 4_100n + 2_400n);
  expect(max.requests.cpuMillicores).toBe(21_700n + 100n + 400n + 4_350n + 2_400n);
  expect(min.requests.cpuMillicores).toBe(19_050n);
  expect(max.requests.cpuMillicores).toBe(28_950n);
});

test('the standby requests 18.05 cores at the minimum, of the 19.60 that its five nodes have', () => {
  const cluster = { ...platform.clusters['europe-west1'], name: 'europe-west1' } as Cluster;
  expect(nodeCount(cluster, 'phase-3')).toBe(5);
  // Without the 100m of Kueue, which a region without spot nodes does not need.
  expect(totals('phase-3', 'europe-west1').min.requests.cpuMillicores).toBe(12_450n + 100n + 4_000n + 5n * 300n);
});

test('an edge site has room for its one pod beside Argo CD, DNS and the agents', () => {
  // 250 + 550 + 300 + 200 of 1,900 millicores.
  expect(totals('phase-3', 'edge-1').max.requests.cpuMillicores).toBe(1_300n);
});

test('without the mesh, phase 2 requests 14.50 cores at the minimum and 22.55 at the maximum', () => {
  // Platform design, section 6.1, less the mesh: 12.45 - 2.10 of sidecars + (3.80 - 0.50 istiod - 0.25 tracing
  // - 0.50 gateway) + 8 x 200m of node agents; at the maximum 21.70 - 3.30 of sidecars.
  const withoutMesh = {
    ...platform,
    clusters: { ...platform.clusters, 'europe-west4': { ...platform.clusters['europe-west4'], mesh: false } },
  } as typeof platform;
  const { min, max } = totals('phase-2', 'europe-west4', withoutMesh);
  expect(min.requests.cpuMillicores).toBe(12_450n - 2_100n + 2_550n + 1_600n);
  expect(max.requests.cpuMillicores).toBe(21_700n - 3_300n + 2_550n + 1_600n);
  expect(min.requests.cpuMillicores).toBe(14_500n);
  expect(max.requests.cpuMillicores).toBe(22_550n);
});

test.each(['phase-2', 'phase-3'] as const)(
  '%s stays within 24 cores at the minimum and 95 %% of what the nodes have',
  (phase) => {
    const { min, max } = totals(phase, 'europe-west4');
    expect(min.requests.cpuMillicores).toBeLessThanOrEqual(24_000n);
    expect(max.requests.cpuMillicores).toBeLessThanOrEqual((8n * 3_920n * 95n) / 100n);
  },
);

test('the workloads alone request 17.75 cores and 27 GiB on 19 pods; the nightly batch adds two pods', () => {
  const none = { cpuMillicores: 0n, memoryBytes: 0n };
  const { min, max } = totalsOf(objectsOf(platform, 'phase-1', 'europe-west4'), 8, {
    min: none,
    max: none,
    perNode: none,
  });
  expect(min).toEqual({
    pods: 19,
    requests: { cpuMillicores: 17_750n, memoryBytes: (27n * fromBytes(1024n ** 3n).nanos) / 10n ** 9n },
  });
  expect(max.pods).toBe(21);
});

test('europe-west4 has eight nodes in phases 1 and 2, and eight in phase 3, two of them spot', () => {
  const cluster = { ...platform.clusters['europe-west4'], name: 'europe-west4' } as Cluster;
  expect(nodeCount(cluster, 'phase-1')).toBe(8);
  expect(nodeCount(cluster, 'phase-2')).toBe(8);
  expect(nodeCount(cluster, 'phase-3')).toBe(8);
  expect(cluster.pools['phase-3']?.filter(({ capacity }) => capacity === 'spot')).toHaveLength(2);
});
