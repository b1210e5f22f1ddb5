import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { platform } from '../platform/platform';
import { EntrypointPod } from '../testing/entrypoint-pod';
import { field, findObject, objectsOf } from '../testing/rendered';

const WEST4 = 'aia-example-backups-europe-west4';
const WEST1 = 'aia-example-backups-europe-west1';

/**
 * rclone with a folder for all buckets: what it is asked for stands after the last colon. Of an object that is not there it
 * copies nothing and ends with 0, as the real one does (tried: 1.60 with S3).
 */
const RCLONE = `
place() { case $1 in :gcs,*) echo "$TMPDIR/cloud/\${1##*:}" ;; *) echo "$1" ;; esac; }
if [ -e "$TMPDIR/outage" ]; then
  left=$(cat "$TMPDIR/outage"); echo $((left - 1)) >"$TMPDIR/outage"
  [ "$left" -gt 1 ] || rm "$TMPDIR/outage"
  echo 'no route to host' >&2; exit 1
fi
command=$1
for word; do from=\${to:-}; to=$word; done
to=$(place "$to"); from=$(place "$from")
case $command in
  copyto)
    [ -e "$from" ] || exit 0
    case "$*" in *--immutable*) [ ! -e "$to" ] || { cmp -s "$from" "$to"; exit $?; } ;; esac
    mkdir -p "$(dirname "$to")"; cp "$from" "$to" ;;
  rcat) mkdir -p "$(dirname "$to")"; cat >"$to" ;;
  cat) cat "$to" ;;
  deletefile) rm "$to" ;;
  lsf) [ -d "$to" ] || exit 3; case "$*" in *.tar*) (cd "$to" && ls | grep '[.]tar$') ;; *) ls "$to" ;; esac ;;
esac
exit $?`;

const INITDB =
  'for word; do case $word in --pgdata=*) mkdir -p "${word#*=}"; echo 17 >"${word#*=}/PG_VERSION";; esac; done';
const TAR = 'cat >/dev/null; for word; do case $word in --directory=*) echo 17 >"${word#*=}/PG_VERSION";; esac; done';

const configOf = (cluster: string): Record<string, string> =>
  field(findObject(objectsOf(platform, 'phase-3', cluster), 'ConfigMap', 'neural-store'), 'data') as Record<
    string,
    string
  >;
const full = configOf('europe-west4');
const standby = configOf('europe-west1');
/** What west1 gets once its role is `full`. */
const promoted = Object.fromEntries(Object.entries(standby).filter(([name]) => name !== 'FOLLOW_URL'));

class Store extends EntrypointPod {
  constructor(config: Record<string, string>, ordinal = 0) {
    super('store', { ...config, HOSTNAME: `neural-store-${ordinal}`, STORE_RETRY_SECONDS: '0' });
    this.environment.STORE_PASSWORD_FILE = this.file('password');
    this.environment.PGDATA = this.file('pgdata');
    this.program('rclone', RCLONE).program('initdb', INITDB).program('pg_basebackup', INITDB).program('tar', TAR);
    this.program('postgres').program('psql', 'echo t');
  }

  put(name: string, text: string | Buffer = ''): this {
    mkdirSync(path.dirname(this.file(name)), { recursive: true });
    writeFileSync(this.file(name), text);
    return this;
  }

  has(name: string): boolean {
    return existsSync(this.file(name));
  }

  /** A database on the disk; with \`standby.signal\` it follows somebody. */
  database(...signals: string[]): this {
    for (const name of ['PG_VERSION', ...signals]) this.put(`pgdata/${name}`, '17\n');
    if (signals.length > 0) this.put('pgdata/followed', `gs://${WEST4}/neural-store\n`);
    return this;
  }

  /** The last call of Postgres; undefined where it was not started. */
  postgres(...args: string[]): string | undefined {
    return this.start(...args).calls.findLast((call) => call.startsWith('postgres '));
  }
}

const stores: Store[] = [];
const store = (config: Record<string, string>, ordinal = 0): Store => {
  const made = new Store(config, ordinal);
  stores.push(made);
  return made;
};
afterEach(() => {
  for (const { root } of stores.splice(0)) rmSync(root, { recursive: true, force: true });
});

const fence = (bucket: string): string => `cloud/${bucket}/fences/neural-store`;

describe('the archive', () => {
  const target = `cloud/${WEST4}/neural-store/wal/000000010000000000000001.gz`;
  const archive = (pod: Store): number | null =>
    pod.put('wal', 'changes').start('archive-wal', pod.file('wal'), '000000010000000000000001').code;

  test('a primary archives into the bucket of its own cluster, at the timeout of the data', () => {
    expect(store(full).postgres()).toMatch(
      /-c archive_mode=on -c archive_timeout=60 -c checkpoint_timeout=120 -c archive_command=sh .*entrypoint\.sh archive-wal %p %f/,
    );
  });

  test('a part of the log goes there compressed; once more does no harm; another one of that name is refused', () => {
    const pod = store(full);
    expect([archive(pod), archive(pod)]).toEqual([0, 0]);
    expect(gunzipSync(readFileSync(pod.file(target))).toString()).toBe('changes');
    pod.put('wal', 'other changes');
    expect(pod.start('archive-wal', pod.file('wal'), '000000010000000000000001').code).not.toBe(0);
    expect(gunzipSync(readFileSync(pod.file(target))).toString()).toBe('changes');
  });

  test('while the bucket does not answer nothing is archived, and Postgres tries again', () => {
    expect(archive(store(full).put('outage', '1'))).toBe(1);
  });

  test('a primary whose region is fenced archives nothing any more, and is stopped', async () => {
    const server = spawn('sleep', ['60']);
    const pod = store(full)
      .put(fence(WEST4), 'taken over')
      .put('pgdata/postmaster.pid', `${server.pid ?? 0}\n`);
    const end = once(server, 'exit');
    expect(archive(pod)).toBe(1);
    expect(await end).toEqual([null, 'SIGINT']);
    expect(pod.has(target)).toBe(false);
  });

  test('reading: what is there, the end of the log, and an outage that is waited for', () => {
    const pod = store(standby).put(target, gzipSync('changes'));
    const read = (name: string): number | null =>
      pod.start('restore-wal', `gs://${WEST4}/neural-store`, name, pod.file('read')).code;
    expect(read('000000010000000000000002')).toBe(1);
    pod.put('outage', '3');
    expect(read('000000010000000000000001')).toBe(0);
    expect(pod.read('read')).toBe('changes');
  });
});

describe('a standby region', () => {
  test('pod 0 begins with the latest backup of the region it follows, and reads the log there', () => {
    const pod = store(standby);
    for (const day of ['20260801T001500Z', '20260801T061500Z']) pod.put(`cloud/${WEST4}/neural-store/${day}.tar`);
    const call = pod.postgres();
    expect(call).toContain(`restore-wal 'gs://${WEST4}/neural-store' %f %p`);
    expect(call).not.toContain('primary_conninfo');
    expect(pod.has('pgdata/standby.signal')).toBe(true);
    expect(pod.read('calls')).toContain('/20260801T061500Z.tar');
    expect(pod.read('calls')).not.toMatch(/initdb|20260801T001500Z/);
  });

  test('what begins anew is no longer fenced, since nothing is left that could write', () => {
    const pod = store(standby).put(`cloud/${WEST4}/neural-store/20260801T001500Z.tar`).put(fence(WEST1), 'taken over');
    expect(pod.postgres()).toContain('restore-wal');
    expect(pod.has(fence(WEST1))).toBe(false);
  });

  test('pod 1 follows pod 0, as in any region', () => {
    const call = store(standby, 1).database().postgres();
    expect(call).toContain('primary_conninfo=host=neural-store-0.');
    expect(call).not.toContain('restore_command');
  });

  test('promote fences the other region, then lets Postgres take the writes', () => {
    const pod = store(standby).database('standby.signal');
    expect(pod.start('promote').code).toBe(0);
    const calls = pod.read('calls').split('\n');
    const at = (text: string): number => calls.findIndex((call) => call.includes(text));
    expect(at('rclone rcat')).toBeGreaterThan(-1);
    expect(at('pg_promote')).toBeGreaterThan(at('rclone rcat'));
    expect(pod.has(fence(WEST4))).toBe(true);
  });

  test('without a fence there is no promotion', () => {
    const pod = store(standby).database('standby.signal').put('outage', '1');
    const { code, stderr } = pod.start('promote');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/can not be fenced\n {2}Fix: /)]);
    expect(pod.read('calls')).not.toContain('pg_promote');
  });

  test('a primary is not promoted, and fences nobody', () => {
    const pod = store(full).database();
    expect([pod.start('promote').code, pod.start('fence').code]).toEqual([2, 2]);
    expect(pod.has('calls')).toBe(false);
  });
});

describe('what was promoted', () => {
  test.each([
    ['before the role changes', standby],
    ['after it', promoted],
  ])('is a primary after a restart, %s', (_name, config) => {
    const pod = store(config).database().put(fence(WEST4), 'taken over');
    expect(pod.postgres()).not.toMatch(/restore_command|primary_conninfo/);
    expect(pod.has('pgdata/standby.signal')).toBe(false);
    expect(pod.read('calls')).not.toMatch(/initdb|pg_basebackup|neural-store\.tar/);
  });

  test('starts though its own bucket went with the lost region: the fence that it put up is still there', () => {
    const pod = store(promoted).database().put('pgdata/followed', `gs://${WEST4}/neural-store\n`);
    pod.put(fence(WEST4), 'taken over').put('outage', '1');
    const { stderr, calls } = pod.start();
    expect(stderr).toContain(`gs://${WEST4}/neural-store is fenced: starting`);
    expect(calls.at(-1)).toMatch(/^postgres /);
  });

  test('the role alone promotes where the other region is fenced: all that its archive has, then the writes', () => {
    const pod = store(promoted).database('standby.signal').put(fence(WEST4), 'taken over');
    expect(pod.postgres()).toContain(`restore-wal 'gs://${WEST4}/neural-store'`);
    expect([pod.has('pgdata/standby.signal'), pod.read('pgdata/recovery.signal')]).toEqual([false, 'takeover\n']);
    // Killed before it was through, it goes on in the same way.
    expect(pod.postgres()).toContain(`restore-wal 'gs://${WEST4}/neural-store'`);
  });

  test('and where it is not, the pod follows on and says what to do', () => {
    const pod = store(promoted).database('standby.signal');
    const { stderr, calls } = pod.start();
    expect(calls.at(-1)).toContain(`restore-wal 'gs://${WEST4}/neural-store'`);
    expect(stderr).toMatch(/is not fenced: following on\. Fix: run "entrypoint\.sh promote"/);
    expect(pod.has('pgdata/standby.signal')).toBe(true);
  });
});

describe('a primary that comes back', () => {
  test.each([
    ['as full', full],
    ['as the standby of the other', { ...full, FOLLOW_URL: `gs://${WEST1}/neural-store` }],
  ])('%s does not start beside the one that took over, and its disk stays as it is', (_name, config) => {
    const pod = store(config).database().put(fence(WEST4), 'taken over on 2026-08-01').put('pgdata/rows', 'the last');
    const { code, stderr, calls } = pod.start();
    expect([code, stderr]).toEqual([2, expect.stringMatching(/taken over on 2026-08-01\n {2}Fix: .*region-lost\.md/)]);
    expect(calls.filter((call) => !call.startsWith('rclone'))).toEqual([]);
    expect([pod.read('pgdata/rows'), pod.has('pgdata/standby.signal')]).toEqual(['the last', false]);
  });

  test('waits while nobody can tell whether another has taken over', () => {
    const pod = store(full).database().put('outage', '3');
    const { stderr } = pod.start();
    expect(stderr.match(/not starting; asking again/g)).toHaveLength(3);
    expect(pod.read('calls')).toContain('postgres -c');
  });

  test('without its disk makes no empty database where the archive has one', () => {
    const pod = store(full).put(`cloud/${WEST4}/neural-store/wal/000000010000000000000001.gz`);
    const { code, stderr, calls } = pod.start();
    expect([code, stderr]).toEqual([2, expect.stringMatching(/no database on the disk[^]*restore-from-backup\.md/)]);
    expect(calls.join('\n')).not.toContain('initdb');
  });
});

test.each([
  ['backup', /restore-wal 'gs:.*west4\/neural-store' .*recovery_target=immediate/],
  ['archive', /^(?!.*recovery_target).*restore-wal 'gs:.*west4\/neural-store'/],
])('a restore up to the %s goes on in a timeline of its own', (upTo, expected) => {
  expect(store(full).database().put('pgdata/recovery.signal', `${upTo}\n`).postgres()).toMatch(expected);
});

test('a bucket of an unknown kind: it stops with a remedy', () => {
  const { code, stderr } = store({ ...full, ARCHIVE_URL: 'ftp://x/y' }).start();
  expect([code, stderr]).toEqual([2, expect.stringMatching(/"ftp:\/\/x\/y" is no bucket\n {2}Fix: /)]);
});
