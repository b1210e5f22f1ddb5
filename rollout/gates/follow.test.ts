import type { Gate } from '../../model/platform/gate';
import { platform } from '../../platform/platform';
import { siteOf } from '../../testing/site';
import type { Clock } from '../clock';
import type { ApplicationState } from '../cluster/applications';
import type { WorkloadState } from '../cluster/workloads';
import { followGate, type Outcome, type Watched } from './follow';
import type { Sample } from './sample';

const site = siteOf('europe-west4');
const gate: Gate = { ...platform.gates.phases['phase-2'], dwellSeconds: 60, deadlineMinutes: 10 };

/** Time that passes only when somebody sleeps. */
function testClock(): Clock & { time: number } {
  const clock = {
    time: 0,
    now: () => clock.time,
    sleep: (ms: number) => {
      clock.time += ms;
      return Promise.resolve();
    },
  };
  return clock;
}

const workload = (change: Partial<WorkloadState> = {}): WorkloadState => ({
  ...{ kind: 'Deployment', name: 'api', desired: 3, available: 3, updated: 3, old: 0, complete: true },
  ...change,
});

function applications(revision: string, change: Partial<ApplicationState> = {}): ApplicationState[] {
  const path = (layer: string): string => `dist/phase-2/europe-west4/${layer}`;
  return [
    { name: 'aia-root', path: 'argocd/europe-west4/apps', sync: 'Synced', health: 'Healthy', revision, messages: [] },
    ...['platform', 'policy', 'workloads'].map((layer) => ({
      name: `aia-${layer}-europe-west4`,
      path: path(layer),
      comparedPath: path(layer),
      sync: 'Synced',
      health: 'Healthy',
      revision,
      operation: 'Succeeded',
      operationRevision: revision,
      messages: [],
      ...change,
    })),
  ];
}

const whole: Partial<Sample> = { workloads: [workload()], applications: applications('new') };

/** Follows a cluster that looks as `at` says, by seconds since the step's commit. */
async function follow(
  at: (seconds: number) => Partial<Sample>,
  change: Partial<Watched> = {},
): Promise<Outcome & { seconds: number; nudges: number; waits: string[] }> {
  const clock = testClock();
  const waits: string[] = [];
  let nudges = 0;
  const outcome = await followGate(
    {
      site,
      phase: 'phase-2',
      gate,
      since: 0,
      look: () =>
        Promise.resolve({
          time: clock.time,
          workloads: [],
          pods: [],
          blind: [],
          applications: [],
          ...at(clock.time / 1000),
        }),
      isAtOrAfter: (revision) => Promise.resolve(revision === 'new'),
      nudge: () => {
        nudges += 1;
        return Promise.resolve();
      },
      stop: new AbortController().signal,
      ...change,
    },
    clock,
    { say: () => undefined, waiting: (what) => waits.push(what) },
  );
  return { ...outcome, seconds: clock.time / 1000, nudges, waits };
}

test('passes after one dwell of good values, and not before', async () => {
  const { result, seconds, verdict } = await follow(() => whole);
  expect(result).toBe('passed');
  expect(seconds).toBe(60);
  expect(verdict?.passed).toBe(true);
});

test('the dwell begins when Argo CD has carried the commit out and every pod is of the new version', async () => {
  const { result, seconds, nudges, waits } = await follow((time) => {
    if (time < 30) return { ...whole, applications: applications('old') };
    return time < 90 ? { ...whole, workloads: [workload({ updated: 1, old: 2, complete: false })] } : whole;
  });
  expect(result).toBe('passed');
  expect(seconds).toBe(150);
  expect(nudges).toBe(3);
  expect(waits).toContain('new pods: api (1 of 3 new, 2 old)');
});

test('values that are bad at first may become good until the deadline', async () => {
  const { result, seconds } = await follow((time) =>
    time < 200 ? { ...whole, workloads: [workload({ available: 2 })] } : whole,
  );
  expect(result).toBe('passed');
  // A dwell holds 13 looks, 5 s apart. With one bad look among them, the one at 195 s, the average is
  // (12 + 2/3) / 13 = 97.4 %; with two it is (11 + 4/3) / 13 = 94.8 %.
  expect(seconds).toBe(255);
});

test('the deadline counts from the commit, and says what was missing', async () => {
  const never = await follow(() => ({ ...whole, workloads: [workload({ updated: 1, old: 2, complete: false })] }));
  expect([never.result, never.seconds]).toEqual(['failed', 600]);
  expect(never.why).toBe(
    'the deadline of 10 min has passed: pods of the new version are missing: api (1 of 3 new, 2 old)',
  );
  const sick = await follow(() => ({ ...whole, workloads: [workload({ available: 1 })] }));
  expect(sick.why).toContain('deployment health was 33.3 %, wanted at least 95 %');
});

test('a re-run long after the commit still has one dwell, and ends at once where that is not good', async () => {
  const since = -24 * 3600_000;
  expect((await follow(() => whole, { since })).result).toBe('passed');
  const { result, seconds } = await follow(() => ({ ...whole, workloads: [workload({ available: 1 })] }), { since });
  expect([result, seconds]).toEqual(['failed', 70]);
});

test('what Kubernetes has given up is not waited for', async () => {
  const stuck = 'ProgressDeadlineExceeded: ReplicaSet "api-1" has timed out progressing.';
  const { result, seconds, why } = await follow(() => ({
    ...whole,
    workloads: [workload({ complete: false, stuck })],
  }));
  expect([result, seconds]).toEqual(['failed', 0]);
  expect(why).toBe(`api does not get on: ${stuck}`);
});

test('a sync of this commit that Argo CD has given up is not waited for; one of an older commit is', async () => {
  const failed = { sync: 'OutOfSync', operation: 'Failed', messages: ['StatefulSet neural-store: field is immutable'] };
  const { why } = await follow(() => ({ ...whole, applications: applications('new', failed) }));
  expect(why).toContain(
    'Argo CD has given up: aia-platform-europe-west4: StatefulSet neural-store: field is immutable',
  );
  const older = await follow((time) => (time < 20 ? { ...whole, applications: applications('old', failed) } : whole));
  expect(older.result).toBe('passed');
});

test('a service that loses its last pod for a minute ends the wait; one that never had any does not', async () => {
  const lost = await follow((time) => ({
    ...whole,
    workloads: [workload({ available: time < 20 ? 2 : 0, updated: 1, complete: false })],
  }));
  expect([lost.result, lost.seconds]).toEqual(['failed', 80]);
  expect(lost.why).toBe('api has had no available pod for 60 s');
  const never = await follow(() => ({ ...whole, workloads: [workload({ available: 0, complete: false })] }));
  expect(never.seconds).toBe(600);
});

test('a stop is seen at the next look', async () => {
  const stop = new AbortController();
  const { result, why } = await follow(
    (time) => {
      if (time >= 20) stop.abort();
      return whole;
    },
    { stop: stop.signal },
  );
  expect([result, why]).toEqual(['stopped', 'you stopped it']);
});
