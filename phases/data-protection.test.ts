import type { Cluster } from '../model/platform/cluster';
import { addonRequests, nodeCount } from '../model/platform/nodes';
import { totalsOf } from '../model/totals';
import { platform } from '../platform/platform';
import { field, findObject, objectsOf, podSpecs } from '../testing/rendered';

const objects = objectsOf(platform, 'phase-3', 'europe-west4');
const before = objectsOf(platform, 'phase-2', 'europe-west4');
const jobs = ['gdpr-erasure', 'gdpr-retention', 'neural-store-backup', 'neural-store-restore-drill'];
const settings = (name: string): unknown => findObject(objects, 'ConfigMap', name).data;

test('the jobs come with phase 3', () => {
  const names = (of: typeof objects): string[] =>
    of.filter(({ kind }) => kind === 'CronJob').map(({ metadata }) => metadata.name);
  expect(names(before)).toEqual(['ml-batch']);
  expect(names(objects)).toEqual(expect.arrayContaining(jobs));
});

describe.each([...jobs, 'ml-batch'])('%s', (name) => {
  const { spec } = findObject(objects, 'CronJob', name);
  test('never runs twice, is not started too late, ends, and leaves a trace', () => {
    expect(spec).toMatchObject({
      concurrencyPolicy: 'Forbid',
      timeZone: 'Europe/Amsterdam',
      startingDeadlineSeconds: expect.any(Number) as number,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: { spec: { activeDeadlineSeconds: expect.any(Number) as number } },
    });
  });

  test('is tried again after a disruption, whatever the exit code, and not after wrong settings', () => {
    expect(field(spec, 'jobTemplate', 'spec', 'podFailurePolicy')).toEqual({
      rules: [
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        { action: 'FailJob', onExitCodes: { containerName: name, operator: 'In', values: [2] } },
      ],
    });
    // Kubernetes takes a failure policy for pods that are not restarted in place only.
    expect(field(spec, 'jobTemplate', 'spec', 'template', 'spec', 'restartPolicy')).toBe('Never');
  });
});

test('times, sizes and pool of the design, section 6; erasure waits for people', () => {
  expect(findObject(objects, 'CronJob', 'gdpr-retention').spec).toMatchObject({
    schedule: '10 3 * * *',
    suspend: false,
  });
  expect(findObject(objects, 'CronJob', 'gdpr-erasure').spec).toMatchObject({ suspend: true });
  for (const name of ['gdpr-retention', 'gdpr-erasure']) {
    const pod = field(findObject(objects, 'CronJob', name), 'spec', 'jobTemplate', 'spec', 'template', 'spec');
    expect(field(pod, 'containers', 0, 'resources')).toEqual({
      requests: { cpu: '100m', memory: '256Mi' },
      limits: { cpu: '200m', memory: '512Mi' },
    });
    expect(field(pod, 'tolerations')).toBeUndefined();
    expect(JSON.stringify(field(pod, 'affinity'))).toContain('["core"]');
  }
});

test('what the jobs are told is what the record promises', () => {
  expect(settings('gdpr-retention')).toMatchObject({
    NEURAL_STORE_RETENTION_DAYS: '730',
    COGNITIVE_CACHE_RETENTION_DAYS: '1',
    ERASURE_DEADLINE_DAYS: '30',
  });
  const bucket = 'gs://aia-example-backups-europe-west4';
  expect(settings('gdpr-erasure')).toMatchObject({ ERASURE_LEDGER_URL: `${bucket}/erasures` });
  expect(settings('neural-store-backup')).toMatchObject({
    BACKUP_URL: `${bucket}/neural-store`,
    BACKUP_RETENTION_DAYS: '35',
  });
  expect(settings('neural-store-restore-drill')).toMatchObject({
    BACKUP_URL: `${bucket}/neural-store`,
    BACKUP_MAX_AGE_MINUTES: '720',
    ERASURE_LEDGER_URL: `${bucket}/erasures`,
  });
});

test('the drill restores onto an encrypted disk that goes with its pod', () => {
  const pod = field(
    findObject(objects, 'CronJob', 'neural-store-restore-drill'),
    'spec',
    'jobTemplate',
    'spec',
    'template',
    'spec',
  );
  const volume = (field(pod, 'volumes') as { ephemeral?: object }[]).find(({ ephemeral }) => ephemeral !== undefined);
  const claim = field(volume, 'ephemeral', 'volumeClaimTemplate');
  expect(field(claim, 'metadata', 'labels', 'aia.io/data-class')).toBe('special');
  const own = findObject(objects, 'StorageClass', 'aia-encrypted');
  const scratch = findObject(objects, 'StorageClass', String(field(claim, 'spec', 'storageClassName')));
  expect([own.reclaimPolicy, scratch.reclaimPolicy]).toEqual(['Retain', 'Delete']);
  expect(scratch.parameters).toEqual(own.parameters);
});

describe('residency', () => {
  const regionsOf = (cluster: string, phase: 'phase-2' | 'phase-3'): unknown[] =>
    podSpecs(objectsOf(platform, phase, cluster)).map(({ owner, spec }) => {
      const terms = field(
        spec,
        'affinity',
        'nodeAffinity',
        'requiredDuringSchedulingIgnoredDuringExecution',
        'nodeSelectorTerms',
      ) as {
        matchExpressions: { key: string; operator: string; values: string[] }[];
      }[];
      const found = terms.map(({ matchExpressions }) =>
        matchExpressions.find(({ key }) => key === 'topology.kubernetes.io/region'),
      );
      return [owner, found.map((expression) => expression && `${expression.operator} ${expression.values.join(' ')}`)];
    });

  test('pods with personal data run in the region that the record names only, every alternative of the affinity says so', () => {
    const all = regionsOf('europe-west4', 'phase-3');
    // Pseudonymised, and about nobody.
    const free = ['CronJob ml-batch', 'Deployment cognitive-health'];
    for (const owner of free) expect(all).toContainEqual([owner, [undefined]]);
    const tied = all.filter((entry) => !free.includes((entry as [string])[0]));
    expect(tied.length).toBeGreaterThan(8);
    for (const entry of tied) {
      expect(entry).toEqual([(entry as [string])[0], ['In europe-west4']]);
    }
  });

  test('a cluster for trials stays where it is', () => {
    expect(regionsOf('local', 'phase-3')).toContainEqual(['Deployment api', ['In local']]);
  });

  test('phase 2 has none yet: pods would restart for it', () => {
    expect(regionsOf('europe-west4', 'phase-2')).toContainEqual(['Deployment api', [undefined]]);
  });
});

test('without a bucket, backups and drills wait', () => {
  const local = objectsOf(platform, 'phase-3', 'local');
  for (const name of ['neural-store-backup', 'neural-store-restore-drill']) {
    expect(findObject(local, 'CronJob', name).spec).toMatchObject({ suspend: true });
    expect(findObject(objects, 'CronJob', name).spec).toMatchObject({ suspend: false });
  }
});

test('proxies of the jobs that need a bucket know its host, and no others do', () => {
  expect(findObject(objects, 'ServiceEntry', 'object-storage').spec).toMatchObject({
    hosts: ['storage.googleapis.com'],
    location: 'MESH_EXTERNAL',
  });
  const knowing = objects
    .filter(({ kind, spec }) => kind === 'Sidecar' && JSON.stringify(spec).includes('storage.googleapis.com'))
    .map(({ metadata }) => metadata.name);
  expect(knowing).toEqual(['gdpr-erasure', 'neural-store', 'neural-store-backup', 'neural-store-restore-drill']);
});

test('at most two of the four jobs run at once: one by the schedule, and an erasure', () => {
  const cluster = { ...platform.clusters['europe-west4'], name: 'europe-west4' } as Cluster;
  const without = objects.filter(({ kind, metadata }) => kind !== 'CronJob' || !jobs.includes(metadata.name));
  const maximum = (of: typeof objects): bigint =>
    totalsOf(of, nodeCount(cluster, 'phase-3'), addonRequests(platform, cluster, 'phase-3')).max.requests.cpuMillicores;
  // 100m for the job and 100m for its proxy, twice. The design counts one.
  expect(maximum(objects) - maximum(without)).toBe(400n);
});
