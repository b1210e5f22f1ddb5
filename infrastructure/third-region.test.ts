import { renderDelivery } from '../delivery/render';
import type { ClusterData, Pool } from '../model/platform/cluster';
import { atPhase } from '../model/platform/phase';
import type { Platform } from '../model/platform/platform';
import { PHASES } from '../phases/phases';
import { renderPlatform } from '../phases/render';
import { platform } from '../platform/platform';
import { FakeCloud } from '../testing/fake-cloud';
import { renderInfrastructure } from './render';

/** A region that nobody has: europe-west4 moved to Finland, from the first phase on. */
const NAME = 'europe-north1';
const west4 = { ...platform.clusters['europe-west4'] } as ClusterData;
const moved = (zone: string): string => zone.replace('europe-west4', NAME);
const pools = (atPhase(west4.pools, 'phase-1') ?? []).map((pool): Pool => ({ ...pool, zones: pool.zones.map(moved) }));
const entry: ClusterData = {
  ...west4,
  description: 'A third region, made up for a test',
  region: NAME,
  location: { place: 'Hamina', country: 'FI', use: 'production' },
  // A second region that serves beside the first is not what this platform is made for: it stands by.
  role: 'standby',
  follows: 'europe-west4',
  build: { kind: 'gke', ranges: { nodes: '10.6.0.0/22', pods: '10.65.0.0/17', services: '10.6.16.0/20' } },
  pools: { 'phase-1': pools },
  storage: {
    ...west4.storage,
    parameters: Object.fromEntries(Object.entries(west4.storage.parameters).map(([key, value]) => [key, moved(value)])),
  },
};
const withRegion: Platform = { ...platform, clusters: { ...platform.clusters, [NAME]: entry } };

function everything(data: Platform): Map<string, string> {
  const { cells, files } = renderPlatform(data);
  const pins = new Map(
    Object.entries(data.clusters).map(([name, { since }]) => [name, since === 'phase-1' ? since : ('none' as const)]),
  );
  const outputs = { dist: files, argocd: renderDelivery(data, pins, cells), infra: renderInfrastructure(data) };
  return new Map(
    Object.entries(outputs).flatMap(([folder, rendered]) =>
      [...rendered].map(([file, text]) => [`${folder}/${file}`, text] as const),
    ),
  );
}

test('a region is one entry: its manifests, its Argo CD and its scripts appear, and nothing else changes', () => {
  const before = everything(platform);
  const after = everything(withRegion);
  for (const [file, text] of before) expect([file, after.get(file)]).toEqual([file, text]);
  const added = [...after.keys()].filter((file) => !before.has(file));
  const folders = new Set(added.map((file) => file.slice(0, file.indexOf(NAME) + NAME.length)));
  expect([...folders].sort()).toEqual([
    `argocd/${NAME}`,
    ...PHASES.map(({ id }) => `dist/${id}/${NAME}`),
    `infra/gke/${NAME}`,
  ]);
});

test('its store follows the region that the entry names, through the bucket of that one', () => {
  const config = everything(withRegion).get(`dist/phase-3/${NAME}/workloads/ConfigMap_aia_neural-store.yaml`);
  expect(config).toContain('FOLLOW_URL: gs://aia-example-backups-europe-west4/neural-store');
});

test('and one command: it builds the region in its own place, under its own names and keys', () => {
  const cloud = new FakeCloud(renderInfrastructure(withRegion));
  const { code, calls } = cloud.run(`gke/${NAME}/build.sh`);
  expect(code).toBe(0);
  expect(cloud.things('container-clusters')).toEqual([`aia-${NAME}`]);
  expect(cloud.things('container-node-pools')).toEqual(pools.map(({ name }) => name).sort());
  expect(calls.filter((call) => call.includes('europe-west'))).toEqual([]);
  expect(calls.find((call) => call.includes('clusters create'))).toContain(
    `--database-encryption-key=projects/aia-example/locations/${NAME}/keyRings/aia/cryptoKeys/database`,
  );
  cloud.remove();
});
