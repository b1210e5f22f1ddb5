import type { KubeObject } from '../model/kube-object';
import type { PhaseId } from '../model/platform/phase';
import type { Platform } from '../model/platform/platform';
import { platform } from '../platform/platform';
import { field, findObject, objectsOf } from '../testing/rendered';

const WEST4 = 'gs://aia-example-backups-europe-west4/neural-store';
const WEST1 = 'gs://aia-example-backups-europe-west1/neural-store';
const west4 = objectsOf(platform, 'phase-3', 'europe-west4');
const west1 = objectsOf(platform, 'phase-3', 'europe-west1');
const settings = (of: readonly KubeObject[], name = 'neural-store'): unknown => findObject(of, 'ConfigMap', name).data;
const cronJobs = (of: readonly KubeObject[]): string[] =>
  of.filter(({ kind }) => kind === 'CronJob').map(({ metadata }) => metadata.name);

/** As it is after a failover: one word in the data. */
const takenOver = structuredClone(platform);
const cluster = (takenOver.clusters as Partial<Platform['clusters']>)['europe-west1'];
if (cluster !== undefined) cluster.role = 'full';
const after = objectsOf(takenOver, 'phase-3', 'europe-west1');

test('west4 archives into its bucket, next to its backups; west1 follows that, and has its own for the day it takes over', () => {
  expect(settings(west4)).toMatchObject({
    ARCHIVE_URL: WEST4,
    ARCHIVE_TIMEOUT_SECONDS: '60',
    CHECKPOINT_SECONDS: '120',
  });
  expect(settings(west4)).not.toHaveProperty('FOLLOW_URL');
  expect(settings(west4, 'neural-store-backup')).toMatchObject({ BACKUP_URL: WEST4 });
  expect(settings(west1)).toMatchObject({ ARCHIVE_URL: WEST1, FOLLOW_URL: WEST4 });
});

test.each<[PhaseId, string]>([
  ['phase-1', 'europe-west4'],
  ['phase-2', 'europe-west4'],
  ['phase-1', 'local'],
  ['phase-3', 'local'],
])('%s on %s: nothing is archived, and the store reaches nothing outside', (phase, name) => {
  const objects = objectsOf(platform, phase, name);
  expect(Object.keys(settings(objects) as object)).toEqual(['NEURAL_STORE_PEERS']);
  expect(JSON.stringify(objects.filter(({ kind }) => kind === 'NetworkPolicy'))).not.toContain('169.254.169.254/32');
});

test.each([
  ['europe-west4', west4],
  ['europe-west1', west1],
])('%s: the store reaches the bucket and the metadata server, by packet and by name', (_, objects) => {
  const egress = field(findObject(objects, 'NetworkPolicy', 'neural-store'), 'spec', 'egress') as unknown[];
  expect(egress.slice(-2)).toEqual([
    {
      ports: [{ protocol: 'TCP', port: 443 }],
      to: [{ ipBlock: { cidr: '0.0.0.0/0', except: expect.arrayContaining(['10.0.0.0/8']) as string[] } }],
    },
    { ports: [{ protocol: 'TCP', port: 80 }], to: [{ ipBlock: { cidr: '169.254.169.254/32' } }] },
  ]);
  expect(JSON.stringify(findObject(objects, 'Sidecar', 'neural-store').spec)).toContain('./storage.googleapis.com');
  expect(findObject(objects, 'ServiceEntry', 'object-storage').spec).toMatchObject({
    hosts: ['storage.googleapis.com'],
  });
});

test('no port of the database is open to another region: only pods of the namespace, and what reads metrics', () => {
  const from = (field(findObject(west4, 'NetworkPolicy', 'neural-store'), 'spec', 'ingress') as unknown[]).flatMap(
    (rule) => field(rule, 'from') as unknown[],
  );
  expect(from.filter((peer) => field(peer, 'ipBlock') !== undefined)).toEqual([]);
  expect(west4.filter(({ kind, spec }) => kind === 'Service' && field(spec, 'type') === 'LoadBalancer')).toEqual([]);
});

test('as a full region west1 follows nobody, archives for itself, and gets batch and the jobs of data protection', () => {
  expect(settings(after)).toMatchObject({ ARCHIVE_URL: WEST1 });
  expect(settings(after)).not.toHaveProperty('FOLLOW_URL');
  expect(cronJobs(west1)).toEqual([]);
  expect(cronJobs(after).sort()).toEqual([
    'gdpr-erasure',
    'gdpr-retention',
    'ml-batch',
    'neural-store-backup',
    'neural-store-restore-drill',
  ]);
  expect(settings(after, 'neural-store-backup')).toMatchObject({ BACKUP_URL: WEST1 });
});

test('the roles exchanged, as the runbook does: west4 follows west1 and gives its jobs back', () => {
  const exchanged = structuredClone(takenOver);
  Object.assign(exchanged.clusters['europe-west4'] ?? {}, { role: 'standby', follows: 'europe-west1' });
  if (exchanged.globalDns !== undefined) exchanged.globalDns.primaryRegion = 'europe-west1';
  const standby = objectsOf(exchanged, 'phase-3', 'europe-west4');
  expect(settings(standby)).toMatchObject({ ARCHIVE_URL: WEST4, FOLLOW_URL: WEST1 });
  expect(cronJobs(standby)).toEqual([]);
});

test('and the store restarts for it, since what it is told has changed', () => {
  const digest = (of: readonly KubeObject[]): unknown =>
    field(
      findObject(of, 'StatefulSet', 'neural-store').spec,
      'template',
      'metadata',
      'annotations',
      'aia.io/config-digest',
    );
  expect(digest(after)).not.toBe(digest(west1));
});
