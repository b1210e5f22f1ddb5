import type { Gate } from '../../model/platform/gate';
import type { PhaseId } from '../../model/platform/phase';
import type { Clock } from '../clock';
import type { Site } from '../cluster/site';
import type { Progress } from '../progress';
import { givenUp, missingOf, type IsAtOrAfter, type Missing } from './carried-out';
import type { RequestFigures } from './prometheus';
import type { Sample } from './sample';
import { judge, type Verdict } from './verdict';

/** How watching a gate ended. */
export interface Outcome {
  readonly result: 'passed' | 'failed' | 'stopped';
  /** Why, in one sentence; empty where it passed. */
  readonly why: string;
  /** Values of the last dwell; undefined where the rollout was never complete. */
  readonly verdict?: Verdict;
  /** The last look. */
  readonly last: Sample;
}

/** What a gate is watched on. */
export interface Watched {
  readonly site: Site;
  readonly phase: PhaseId;
  readonly gate: Gate;
  /** When the step's commit was made: its deadline counts from here. */
  readonly since: number;
  readonly look: () => Promise<Sample>;
  readonly isAtOrAfter: IsAtOrAfter;
  /** Figures of Prometheus, where its address was given. */
  readonly requests?: () => Promise<RequestFigures>;
  /** Asks Argo CD to look at Git; a request that comes while it compares is lost, so it is repeated. */
  readonly nudge: () => Promise<void>;
  /** Aborted where the user wants to stop. */
  readonly stop: AbortSignal;
}

/** Longest time between two looks. */
const LOOK_EVERY_MS = 5000;

/** Argo CD is told to look at Git this often while it has not taken up the commit. */
const NUDGE_EVERY_MS = 10_000;

/** A workload that had pods before the step and has none for this long is an outage; the deadline is not waited for. */
const OUTAGE_MS = 60_000;

/**
 * Watches a cluster from the commit of a step until its gate passes or can't pass any more.
 *
 * First Argo CD must carry the commit out and Kubernetes replace the pods; from then on the values of the last dwell
 * count, again and again until they pass: a service may need longer than the dwell to come up, and has until the
 * deadline. It is over at once where waiting can't help: Kubernetes or Argo CD has given up, or a service is gone.
 */
export async function followGate(watched: Watched, clock: Clock, progress: Progress): Promise<Outcome> {
  const { gate, stop } = watched;
  const begin = clock.now();
  const dwellMs = gate.dwellSeconds * 1000;
  // A re-run long after the commit still gives the gate one dwell.
  const deadline = Math.max(watched.since + gate.deadlineMinutes * 60_000, begin + dwellMs + 2 * LOOK_EVERY_MS);
  const pause = Math.min(LOOK_EVERY_MS, dwellMs / 4);
  const outage = new OutageWatch();
  let samples: Sample[] = [];
  let completeSince: number | undefined;
  let verdict: Verdict | undefined;
  let nudged = -Infinity;
  for (;;) {
    const sample = await watched.look();
    const now = clock.now();
    const end = (result: Outcome['result'], why: string): Outcome => ({
      result,
      why,
      last: sample,
      ...(verdict === undefined ? {} : { verdict }),
    });
    if (stop.aborted) return end('stopped', 'you stopped it');

    const missing = await missingOf(sample, watched.site, watched.phase, watched.isAtOrAfter);
    const hopeless =
      (await givenUp(sample, watched.isAtOrAfter)).map((said) => `Argo CD has given up: ${said}`)[0] ??
      sample.workloads.flatMap(({ name, stuck }) =>
        stuck === undefined || missing.sync.length > 0 ? [] : [`${name} does not get on: ${stuck}`],
      )[0] ??
      outage.lasting(sample, now);
    if (hopeless !== undefined) return end('failed', hopeless);

    if (missing.sync.length > 0 && now - nudged >= NUDGE_EVERY_MS) {
      nudged = now;
      await watched.nudge();
    }
    if (missing.sync.length + missing.pods.length > 0 && completeSince === undefined) {
      progress.waiting(waitText(missing), now - begin, deadline - begin);
    } else {
      if (completeSince === undefined) {
        completeSince = now;
        progress.say(`every pod is of the new version; the gate is watched for ${gate.dwellSeconds} s`);
      }
      samples = [...samples.filter(({ time }) => time >= now - dwellMs), { ...sample, time: now }];
      if (now - completeSince >= dwellMs) {
        verdict = judge(gate, samples, await watched.requests?.());
        if (verdict.passed && missing.sync.length === 0) return end('passed', '');
      }
      const failing = verdict?.values
        .filter(({ ok }) => !ok)
        .map(({ name, value, wanted }) => `${name} ${value}, ${wanted}`);
      const what = failing === undefined || failing.length === 0 ? 'the gate' : `the gate: ${failing.join('; ')}`;
      progress.waiting(what, now - completeSince, deadline - completeSince);
    }
    if (now >= deadline) return end('failed', deadlineText(gate, missing, verdict));
    await clock.sleep(pause, stop);
  }
}

function waitText({ sync, pods }: Missing): string {
  return [
    ...(sync.length === 0 ? [] : [`Argo CD: ${sync.join(', ')}`]),
    ...(pods.length === 0 ? [] : [`new pods: ${pods.join(', ')}`]),
  ].join('; ');
}

function deadlineText(gate: Gate, missing: Missing, verdict: Verdict | undefined): string {
  const limit = `the deadline of ${gate.deadlineMinutes} min has passed`;
  const failing = verdict?.values.filter(({ ok }) => !ok) ?? [];
  const figures = failing.map(({ name, value, wanted }) => `${name} was ${value}, wanted ${wanted}`).join('; ');
  // Argo CD waits for pods before it goes on, so they come first.
  const pods = missing.pods.length === 0 ? '' : `pods of the new version are missing: ${missing.pods.join(', ')}`;
  const what = figures || pods || missing.sync.join(', ');
  return what === '' ? limit : `${limit}: ${what}`;
}

/** Notices workloads that have lost their last pod since the watch began. */
class OutageWatch {
  private readonly hadPods = new Set<string>();
  private readonly gone = new Map<string, number>();

  /** The outage that has lasted too long, as a sentence. */
  lasting({ workloads }: Sample, now: number): string | undefined {
    for (const { name, available, desired } of workloads) {
      if (available > 0) {
        this.hadPods.add(name);
        this.gone.delete(name);
      } else if (this.hadPods.has(name) && desired > 0) {
        const since = this.gone.get(name) ?? now;
        this.gone.set(name, since);
        if (now - since >= OUTAGE_MS) return `${name} has had no available pod for ${OUTAGE_MS / 1000} s`;
      }
    }
    return undefined;
  }
}
