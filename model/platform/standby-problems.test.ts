import { platform } from '../../platform/platform';
import type { Platform } from './platform';
import { formatProblem } from './problems';
import { recoverySchema } from './recovery';
import { recoveryProblems } from './recovery-problems';

const messages = (change: (data: Platform) => void): string[] => {
  const changed = structuredClone(platform);
  change(changed);
  return recoveryProblems(changed, ['phase-1', 'phase-2', 'phase-3']).map(formatProblem);
};

function part<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not in the data');
  return value;
}
const west1 = (data: Platform): Platform['clusters'][string] => part(data.clusters['europe-west1']);
const store = (data: Platform): Platform['recovery']['stores'][string] => part(data.recovery.stores['neural-store']);

test('a region RPO is held against the archive: 120 seconds until a part is closed, 120 until it is there', () => {
  const rpo =
    (minutes: number) =>
    (data: Platform): void => {
      part(store(data).regionLoss).rpoMinutes = minutes;
    };
  expect(messages(rpo(4))).toEqual([]);
  expect(messages(rpo(3))).toEqual([
    expect.stringMatching(
      /recovery\.ts: stores\.neural-store\.regionLoss\.rpoMinutes: 3 is less than the 240 seconds .*\n {2}Fix: write 4 or more/,
    ),
  ]);
});

test.each<[string, (data: Platform) => void, RegExp]>([
  [
    'a standby that follows nobody',
    (data) => delete west1(data).follows,
    /clusters\.ts: europe-west1\.follows is missing: neural-store would stand by with an empty database\n {2}Fix: write europe-west4/,
  ],
  [
    'following what is no cluster',
    (data) => (west1(data).follows = 'mars'),
    /europe-west1\.follows: "mars" is no cluster/,
  ],
  [
    'following oneself',
    (data) => (west1(data).follows = 'europe-west1'),
    /europe-west1\.follows: "europe-west1" is the cluster itself/,
  ],
  [
    'following a cluster that does not write',
    (data) => (part(data.clusters['europe-west4']).role = 'standby'),
    /europe-west1\.follows: "europe-west4" is standby: what stands by needs a full region to follow/,
  ],
  [
    'an edge site that follows',
    (data) => (part(data.clusters['edge-1']).follows = 'europe-west4'),
    /edge-1\.follows: "europe-west4" is for regions that may take over, and edge-1 is edge/,
  ],
  [
    'following a cluster without a bucket',
    (data) => delete data.recovery.buckets['europe-west4'],
    /europe-west1\.follows: "europe-west4" has no bucket/,
  ],
  [
    'an archive of peers',
    (data) =>
      Object.assign(part(data.recovery.stores['cognitive-cache']), {
        archive: store(data).archive,
        regionLoss: store(data).regionLoss,
      }),
    /stores\.cognitive-cache\.archive is for a store with one primary/,
  ],
])('%s is refused', (_, change, expected) => {
  expect(messages(change)).toContainEqual(expect.stringMatching(expected));
});

test('after a takeover both regions are full, or the other one follows', () => {
  expect(messages((data) => (west1(data).role = 'full'))).toEqual([]);
  const exchanged = messages((data) => {
    west1(data).role = 'full';
    Object.assign(part(data.clusters['europe-west4']), { role: 'standby', follows: 'europe-west1' });
  });
  expect(exchanged).toEqual([
    expect.stringMatching(/global-dns\.ts: primaryRegion: "europe-west4" .*\n {2}Fix: write europe-west1$/),
  ]);
});

test.each<[string, (entry: Record<string, unknown>) => void, RegExp]>([
  [
    'an archive that nothing is promised of',
    (entry) => delete entry.regionLoss,
    /needs archive and regionLoss together/,
  ],
  ['a promise that nothing keeps', (entry) => delete entry.archive, /needs archive and regionLoss together/],
  [
    'an archive without a backup to begin with',
    (entry) => {
      delete entry.backup;
      entry.withoutBackup = 'Nobody needs it back';
    },
    /has an archive but no backup/,
  ],
])('%s is refused by the schema', (_, change, expected) => {
  const recovery = structuredClone(platform.recovery);
  change(part(recovery.stores['neural-store']));
  expect(recoverySchema.safeParse(recovery).error?.issues.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(expected),
  );
});
