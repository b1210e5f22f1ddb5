import fc from 'fast-check';
import { platform } from '../../platform/platform';
import type { ClusterData, Pool } from './cluster';
import { infrastructureProblems } from './infrastructure-problems';
import { maintenanceWindow } from './maintenance-window';
import type { Platform } from './platform';
import { formatProblem } from './problems';
import { shapeProblems } from './shape';

const west4 = { ...platform.clusters['europe-west4'] } as ClusterData;
const west1 = { ...platform.clusters['europe-west1'] } as ClusterData;
const build = {
  kind: 'gke',
  ranges: { nodes: '10.9.0.0/22', pods: '10.99.0.0/17', services: '10.9.16.0/20' },
} as const;
const core = { ...west1.pools['phase-3']?.[0] } as Pool;

function messages(change: Partial<ClusterData>, name = 'europe-west1'): string[] {
  const clusters = { ...platform.clusters, [name]: { ...west1, ...change } };
  const data: Platform = { ...platform, clusters };
  const shape = shapeProblems(data);
  return (shape.length > 0 ? shape : infrastructureProblems(data)).map(formatProblem);
}

test('the data as it is has none', () => {
  expect(infrastructureProblems(platform)).toEqual([]);
});

test.each<[string, Partial<ClusterData>, RegExp]>([
  [
    'a zone of another region',
    { pools: { 'phase-3': [{ ...core, zones: ['europe-west4-a'] }] } },
    /^platform\/clusters\.ts: europe-west1\.pools\.phase-3\[0\]\.zones: "europe-west4-a" is no zone of europe-west1\n {2}Fix: write zones such as "europe-west1-b"/,
  ],
  [
    'the disk key of another region',
    { storage: west4.storage },
    /europe-west1\.storage\.parameters\.disk-encryption-kms-key: ".*europe-west4.*" is not the key that infra\/ makes for europe-west1\n {2}Fix: write "projects\/aia-example\/locations\/europe-west1\/keyRings\/aia\/cryptoKeys\/disks"/,
  ],
  [
    'addresses that another cluster has',
    { build: { ...build, ranges: { ...build.ranges, services: '10.4.2.0/23' } } },
    /europe-west4\.build\.ranges\.nodes: "10\.4\.0\.0\/22" overlaps europe-west1\.build\.ranges\.services, "10\.4\.2\.0\/23"\n {2}Fix: choose a range that is free/,
  ],
  [
    'a pool that is another one in another phase',
    { pools: { 'phase-1': [core], 'phase-3': [{ ...core, nodesPerZone: 2 }] } },
    /europe-west1\.pools\.phase-3\[0\]\.name: "core" is another pool in phase-1, and GKE changes none\n {2}Fix: give the pool a name of its own/,
  ],
  [
    'two pools of one name',
    { pools: { 'phase-3': [core, { ...core, nodesPerZone: 2 }] } },
    /"core" is the name of two pools/,
  ],
  [
    'a range that does not begin with its first address',
    { build: { ...build, ranges: { ...build.ranges, nodes: '10.9.1.0/22' } } },
    /clusters\.ts: europe-west1\.build\.ranges\.nodes: "10\.9\.1\.0\/22" does not begin with the first address.*\n {2}Fix: set the bits/,
  ],
  [
    'what is no range',
    { build: { ...build, ranges: { ...build.ranges, pods: '10.9/22' } } },
    /europe-west1\.build\.ranges\.pods: "10\.9\/22" is not a range of IPv4 addresses/,
  ],
])('%s is refused, with the remedy', (_, change, expected) => {
  expect(messages(change)).toEqual([expect.stringMatching(expected)]);
});

test('a name that Google Cloud would cut is refused', () => {
  expect(messages({ build }, 'a-region-with-a-name-that-is-far-too-long')).toEqual([
    expect.stringMatching(/"aia-a-region-with-a-name-that-is-far-too-long" is longer than 40 characters/),
  ]);
});

test.each([
  [
    { timeZone: 'Europe/Atlantis', peak: platform.schedule.peak },
    /schedule\.ts: timeZone: "Europe\/Atlantis" is no time zone/,
  ],
  [
    // 20 hours of peak leave four; three where clocks change.
    { timeZone: 'Europe/Amsterdam', peak: { weekdays: '1-5', startHour: 2, endHour: 22 } },
    /schedule\.ts: peak: .* leaves a night of less than four hours/,
  ],
])('a schedule without a night is refused', (schedule, expected) => {
  const problems = infrastructureProblems({ ...platform, schedule: { ...platform.schedule, ...schedule } });
  expect(problems.map(formatProblem)).toEqual([expect.stringMatching(expected)]);
});

test('the maintenance window never touches the peak, in winter or in summer, wherever people are', () => {
  const zones = [
    'Europe/Amsterdam',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Sydney',
    'Etc/UTC',
    'Pacific/Auckland',
  ];
  const hours = fc.tuple(fc.constantFrom(...zones), fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 18 }));
  fc.assert(
    fc.property(hours, fc.integer({ min: 0, max: 364 }), ([timeZone, startHour, length], day) => {
      const endHour = Math.min(23, startHour + length);
      const peak = { weekdays: '0-6', startHour, endHour };
      const { startMinute, endMinute } = maintenanceWindow({ timeZone, peak, promotion: 'off-peak' });
      const local = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
      for (let minute = startMinute; minute < endMinute; minute += 30) {
        const hour = Number(local.format(Date.UTC(2025, 0, 1 + day, 0, minute)));
        // The night in which clocks change is one hour longer or shorter; it is still the night.
        expect(hour >= startHour && hour < endHour).toBe(false);
      }
    }),
  );
});
