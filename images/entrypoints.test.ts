import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { PhaseId } from '../model/platform/phase';
import { platform } from '../platform/platform';
import { EntrypointPod as Pod } from '../testing/entrypoint-pod';
import { field, findObject, objectsOf } from '../testing/rendered';

/** What the rendered ConfigMap gives a workload: the entrypoint has to live with exactly that. */
const configOf = (name: string, phase: PhaseId = 'phase-1'): Record<string, string> =>
  field(findObject(objectsOf(platform, phase, 'europe-west4'), 'ConfigMap', name), 'data') as Record<string, string>;

const pods: Pod[] = [];
afterEach(() => {
  for (const pod of pods.splice(0)) rmSync(pod.root, { recursive: true, force: true });
});

describe('cache', () => {
  const config = configOf('cognitive-cache');
  function peer(ordinal: number, more: Record<string, string> = {}): Pod {
    const pod = new Pod('cache', { ...config, HOSTNAME: `cognitive-cache-${ordinal}`, ...more });
    pods.push(pod);
    pod.environment.CACHE_PASSWORD_FILE ??= pod.file('password');
    return pod.program('valkey-server');
  }

  test('pod 0 takes writes while a quorum holds them', () => {
    const pod = peer(0);
    expect(pod.start()).toMatchObject({ code: 0, stderr: '', calls: [`valkey-server ${pod.file('valkey.conf')}`] });
    const text = pod.read('valkey.conf');
    expect(text).toMatch(/^port 6379$/m);
    expect(text).toMatch(/^min-replicas-to-write 1$/m);
    expect(text).not.toMatch(/^replicaof/m);
  });

  test('the others follow pod 0', () => {
    const pod = peer(2);
    pod.start();
    expect(pod.read('valkey.conf')).toMatch(
      /^replicaof cognitive-cache-0\.cognitive-cache-headless\.aia\.svc\.cluster\.local 6379$/m,
    );
  });

  test('the password is quoted as Valkey reads it', () => {
    const pod = peer(1);
    pod.start();
    expect(pod.read('valkey.conf')).toContain('requirepass "s3\\"c\\\\r:t"\nmasterauth "s3\\"c\\\\r:t"\n');
  });

  test.each([
    ['no peers', { COGNITIVE_CACHE_PEERS: '' }, /COGNITIVE_CACHE_PEERS is not set/],
    ['a quorum that is no number', { QUORUM: 'two' }, /QUORUM is "two"/],
    ['a name that is no peer', { HOSTNAME: 'cognitive-cache' }, /cognitive-cache is none of/],
    ['no password', { CACHE_PASSWORD_FILE: '/nowhere' }, /no password in \/nowhere/],
  ])('%s: it stops with a remedy', (_, more, expected) => {
    const { code, stderr, calls } = peer(0, more).start();
    expect(stderr).toMatch(expected);
    expect(stderr).toMatch(/\n {2}Fix: /);
    expect([code, calls]).toEqual([2, []]);
  });
});

describe('store', () => {
  const config = configOf('neural-store');
  const made =
    'for word; do case $word in --pgdata=*) mkdir -p "${word#*=}"; echo 17 >"${word#*=}/PG_VERSION";; esac; done';
  function pod(ordinal: number, more: Record<string, string> = {}): Pod {
    const store = new Pod('store', {
      ...config,
      HOSTNAME: `neural-store-${ordinal}`,
      STORE_RETRY_SECONDS: '0',
      ...more,
    });
    pods.push(store);
    store.environment.STORE_PASSWORD_FILE ??= store.file('password');
    store.environment.PGDATA ??= store.file('pgdata');
    return store.program('initdb', made).program('pg_basebackup', made).program('postgres');
  }

  test('pod 0 makes the database once, with passwords asked for, and is the primary', () => {
    const store = pod(0);
    expect(store.start().calls).toEqual([
      expect.stringMatching(/^initdb --pgdata=.*pgdata\.new .*--auth=scram-sha-256/),
      'postgres -c listen_addresses=* -c port=5432 -c wal_keep_size=1GB',
    ]);
    expect(store.read('pgdata/pg_hba.conf')).toBe(
      'host all all all scram-sha-256\nhost replication all all scram-sha-256\n',
    );
    expect(existsSync(store.file('pgdata/standby.signal'))).toBe(false);
    expect(store.start().calls.filter((call) => call.startsWith('initdb'))).toHaveLength(1);
  });

  test('pod 1 copies pod 0, trying until it answers, and follows it', () => {
    const store = pod(1).program(
      'pg_basebackup',
      `[ "$(grep -c pg_basebackup "$TMPDIR/calls")" -gt 2 ] || exit 1\n${made}`,
    );
    const { calls, stderr } = store.start();
    expect(calls.filter((call) => call.startsWith('pg_basebackup'))).toHaveLength(3);
    expect(stderr).toContain('neural-store-0.neural-store-headless.aia.svc.cluster.local:5432 gave no copy');
    expect(calls.at(-1)).toContain(
      'primary_conninfo=host=neural-store-0.neural-store-headless.aia.svc.cluster.local port=5432 user=postgres',
    );
    expect(existsSync(store.file('pgdata/standby.signal'))).toBe(true);
  });

  test('arguments of the workload reach Postgres on either pod', () => {
    for (const ordinal of [0, 1]) expect(pod(ordinal).start('-c', 'jit=off').calls.at(-1)).toMatch(/ -c jit=off$/);
  });

  test('what a killed pod left half made is thrown away', () => {
    const store = pod(0);
    mkdirSync(store.file('pgdata.new'));
    writeFileSync(store.file('pgdata.new/half'), '');
    store.start();
    expect(existsSync(store.file('pgdata/half'))).toBe(false);
  });

  test('the password stands in a file of libpq, escaped, and in no argument', () => {
    const store = pod(1);
    const { calls } = store.start();
    expect(store.read('pgpass')).toBe('*:*:*:*:s3"c\\\\r\\:t\n');
    expect(calls.join('\n')).not.toContain('s3"c');
  });

  test.each([
    ['no peers', { NEURAL_STORE_PEERS: '' }, /NEURAL_STORE_PEERS is not set/],
    ['no place for data', { PGDATA: '' }, /PGDATA is not set/],
    ['a name that is no peer', { HOSTNAME: 'db-0' }, /db-0 is none of/],
    ['no password', { STORE_PASSWORD_FILE: '/nowhere' }, /no password in \/nowhere/],
  ])('%s: it stops with a remedy', (_, more, expected) => {
    const { code, stderr, calls } = pod(0, more).start();
    expect(stderr).toMatch(expected);
    expect(stderr).toMatch(/\n {2}Fix: /);
    expect([code, calls]).toEqual([2, []]);
  });
});

describe('store-tools', () => {
  const remote = ':gcs,env_auth=true,bucket_policy_only=true:aia-example-backups-europe-west4/neural-store';
  function pod(job: string, more: Record<string, string> = {}): Pod {
    const tools = new Pod('store-tools', { ...configOf(job, 'phase-3'), PGDATA: '/nowhere/pgdata', ...more });
    pods.push(tools);
    // The ConfigMap names the mount of the Secret, which is not here.
    tools.environment.STORE_PASSWORD_FILE = more.STORE_PASSWORD_FILE ?? tools.file('password');
    return tools.program('curl').program('rclone').program('pg_basebackup');
  }

  test('a backup has its name only once it is whole; then those past their time go, and the proxy is stopped', () => {
    const calls = pod('neural-store-backup')
      .start('backup')
      .calls.map((call) => call.replace(/\d{8}T\d{6}Z/g, 'TIME'));
    expect(calls.filter((call) => !call.startsWith('pg_basebackup'))).toEqual([
      `rclone rcat ${remote}/TIME.part`,
      `rclone moveto ${remote}/TIME.part ${remote}/TIME.tar`,
      `rclone delete --min-age 35d ${remote}`,
      `rclone delete --min-age 1d --include *.part ${remote}`,
      `rclone lsf --files-only --include *.tar ${remote}`,
      'curl --silent --max-time 5 --request POST http://localhost:15020/quitquitquit',
    ]);
    expect(calls.join('\n')).toContain('pg_basebackup --host=neural-store.aia.svc.cluster.local --port=5432');
    expect(calls.join('\n')).not.toContain('s3"c');
  });

  test('a copy that breaks off is no backup, deletes none, and may be tried again', () => {
    const { code, stderr, calls } = pod('neural-store-backup').program('pg_basebackup', 'exit 1').start('backup');
    expect([code, stderr]).toEqual([1, expect.stringContaining('gave no copy')]);
    expect(calls.filter((call) => /moveto|delete/.test(call))).toEqual([]);
  });

  test('a restore says how far the store shall go: to the backup, or to the end of the archive', () => {
    const unpack =
      'cat >/dev/null; for word; do case $word in --directory=*) echo 17 >"${word#*=}/PG_VERSION";; esac; done';
    for (const upTo of ['backup', 'archive']) {
      const tools = pod('neural-store-restore-drill', { RESTORE_TO: upTo }).program(
        'rclone',
        'echo 20260801T061500Z.tar',
      );
      tools.environment.PGDATA = tools.file('pgdata');
      expect(tools.program('tar', unpack).start('restore').code).toBe(0);
      expect(tools.read('pgdata/recovery.signal')).toBe(`${upTo}\n`);
    }
  });

  test('a drill fails where the latest backup is older than what may be lost', () => {
    const { code, stderr } = pod('neural-store-restore-drill')
      .program('rclone', 'echo 20240101T000000Z.tar')
      .start('drill');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/minutes old, and 720 may be lost\n {2}Fix: /)]);
  });

  test.each([
    ['no bucket', 'backup', { BACKUP_URL: '' }, /BACKUP_URL is not set/],
    ['a bucket of an unknown kind', 'backup', { BACKUP_URL: 'ftp://x/y' }, /begins with "ftp"/],
    ['no password', 'backup', { STORE_PASSWORD_FILE: '/nowhere' }, /no password in \/nowhere/],
    ['no command', 'restart', {}, /"restart" is no command/],
  ])('%s: it stops with a remedy, and is not tried again', (_, command, more, expected) => {
    const { code, stderr } = pod('neural-store-backup', more).start(command);
    expect(stderr).toMatch(expected);
    expect(stderr).toMatch(/\n {2}Fix: /);
    expect(platform.workloads['neural-store-backup']).toMatchObject({ finalExitCodes: [code] });
  });
});
