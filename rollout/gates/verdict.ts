import type { Gate } from '../../model/platform/gate';
import type { ApplicationState } from '../cluster/applications';
import type { RequestFigures } from './prometheus';
import type { Sample } from './sample';

/** One figure of a gate, against what it must be. */
export interface GateValue {
  /** Names it for programs, whatever the words say. */
  readonly id:
    'health' | 'workloads' | 'restarts' | 'pending' | 'autoscalers' | 'argocd' | 'success' | 'fast' | 'alerts';
  /** What is measured: `deployment health`. */
  readonly name: string;
  readonly value: string;
  readonly wanted: string;
  readonly ok: boolean;
  /** Which objects, where some of them are the reason. */
  readonly because?: string;
}

/** What a gate says of the samples of one dwell. */
export interface Verdict {
  readonly passed: boolean;
  readonly values: readonly GateValue[];
}

/**
 * Judges the samples of a dwell. Health is an average; what may be so for a moment (a pod without a node, an autoscaler
 * that has not looked yet) counts only where it was so all the time.
 *
 * @param samples at least one, oldest first.
 * @param requests figures of Prometheus; undefined where nobody gave its address.
 */
export function judge(gate: Gate, samples: readonly Sample[], requests?: RequestFigures): Verdict {
  const values = [
    deploymentHealth(gate, samples),
    workloadHealth(gate, samples),
    restarts(gate, samples),
    pending(gate, samples),
    blind(samples),
    argocd(gate, samples),
    ...(requests === undefined ? [] : requestValues(gate, requests)),
  ];
  return { passed: values.every(({ ok }) => ok), values };
}

/** Available over desired pods of one sample, 0 to 1. */
export function healthOf({ workloads }: Sample): number {
  const desired = workloads.reduce((sum, workload) => sum + workload.desired, 0);
  return desired === 0 ? 1 : workloads.reduce((sum, workload) => sum + workload.available, 0) / desired;
}

function deploymentHealth({ health }: Gate, samples: readonly Sample[]): GateValue {
  const average = mean(samples.map(healthOf));
  return {
    id: 'health',
    name: 'deployment health',
    value: percent(average),
    wanted: `at least ${percent(health)}`,
    ok: atLeast(average, health),
  };
}

function workloadHealth(gate: Gate, samples: readonly Sample[]): GateValue {
  const names = new Set(samples.flatMap(({ workloads }) => workloads.map(({ name }) => name)));
  const averages = [...names].map((name) => {
    const shares = samples.flatMap(({ workloads }) =>
      workloads
        .filter((workload) => workload.name === name && workload.desired > 0)
        .map(({ available, desired }) => available / desired),
    );
    return { name, average: shares.length === 0 ? 1 : mean(shares) };
  });
  const low = averages.filter(({ average }) => !atLeast(average, gate.workloadHealth));
  return {
    id: 'workloads',
    name: 'each workload',
    value: percent(Math.min(1, ...averages.map(({ average }) => average))),
    wanted: `at least ${percent(gate.workloadHealth)}`,
    ok: low.length === 0,
    ...because(low.map(({ name, average }) => `${name} ${percent(average)}`)),
  };
}

/** Restarts since the first sample; a pod that is new since then counts with all of its own. */
function restarts({ maxRestarts }: Gate, samples: readonly Sample[]): GateValue {
  const before = new Map(samples[0]?.pods.map(({ uid, restarts: count }) => [uid, count]));
  const counted = (samples.at(-1)?.pods ?? []).map(({ uid, name, restarts: count }) => ({
    name,
    count: Math.max(0, count - (before.get(uid) ?? 0)),
  }));
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  return {
    id: 'restarts',
    name: 'restarts',
    value: String(total),
    wanted: `at most ${maxRestarts}`,
    ok: total <= maxRestarts,
    ...because(
      total > maxRestarts ? counted.filter(({ count }) => count > 0).map(({ name, count }) => `${name} ${count}`) : [],
    ),
  };
}

function pending({ maxPendingPods }: Gate, samples: readonly Sample[]): GateValue {
  const waiting = inAll(samples, ({ pods }) =>
    pods.filter(({ unscheduled }) => unscheduled !== undefined).map(({ name }) => name),
  );
  return {
    id: 'pending',
    name: 'pods without a node',
    value: String(waiting.length),
    wanted: `at most ${maxPendingPods}`,
    ok: waiting.length <= maxPendingPods,
    ...because(waiting.length > maxPendingPods ? waiting : []),
  };
}

function blind(samples: readonly Sample[]): GateValue {
  const names = inAll(samples, (sample) => sample.blind.map(({ kind, name }) => `${kind} ${name}`));
  return {
    id: 'autoscalers',
    name: 'blind autoscalers',
    value: String(names.length),
    wanted: 'none',
    ok: names.length === 0,
    ...because(names),
  };
}

function argocd(gate: Gate, samples: readonly Sample[]): GateValue {
  const applications = samples.at(-1)?.applications ?? [];
  const bad = applications.filter((application) => !isFine(application, gate.applicationsHealthy));
  return {
    id: 'argocd',
    name: 'Argo CD',
    value: `${applications.length - bad.length} of ${applications.length} applications`,
    wanted: gate.applicationsHealthy ? 'all Synced and Healthy' : 'all Synced',
    ok: applications.length > 0 && bad.length === 0,
    ...because(bad.map(({ name, sync, health }) => `${name} ${sync}, ${health}`)),
  };
}

function isFine({ sync, health }: ApplicationState, mustBeHealthy: boolean): boolean {
  return sync === 'Synced' && (!mustBeHealthy || health === 'Healthy');
}

function requestValues(gate: Gate, figures: RequestFigures): GateValue[] {
  const { objectiveMs } = figures;
  const share = (
    id: 'success' | 'fast',
    name: string,
    measured: number | undefined,
    wanted: number | undefined,
  ): GateValue[] =>
    wanted === undefined
      ? []
      : [
          {
            id,
            name,
            // No request can have failed or been slow where there was none.
            value: measured === undefined ? 'no requests' : percent(measured),
            wanted: `at least ${percent(wanted)}`,
            ok: measured === undefined || atLeast(measured, wanted),
          },
        ];
  return [
    ...share('success', 'successful requests', figures.success, gate.successRate),
    ...share('fast', `requests within ${objectiveMs} ms`, figures.fast, gate.fastRequests),
    ...(gate.quietAlerts === undefined
      ? []
      : [
          {
            id: 'alerts' as const,
            name: 'alerts',
            value: String(figures.alerts.length),
            wanted: 'none of the objectives',
            ok: figures.alerts.length === 0,
            ...because(figures.alerts),
          },
        ]),
  ];
}

/** What is so in every sample. */
function inAll(samples: readonly Sample[], names: (sample: Sample) => string[]): string[] {
  const [first, ...rest] = samples.map((sample) => new Set(names(sample)));
  return [...(first ?? [])].filter((name) => rest.every((others) => others.has(name)));
}

function because(reasons: readonly string[]): { because?: string } {
  return reasons.length === 0 ? {} : { because: reasons.join(', ') };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sums of shares carry rounding errors in the last digits; a millionth is none that anybody means. */
function atLeast(value: number, wanted: number): boolean {
  return value >= wanted - 1e-9;
}

/** One decimal, cut and not rounded: 84.96 % is not 85 %. */
export function percent(share: number): string {
  return `${Math.floor(share * 1000 + 1e-6) / 10} %`;
}
