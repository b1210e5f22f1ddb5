import * as z from 'zod';
import { dnsLabel } from './fields';
import { phaseId } from './phase';

/** `30d`, `6h`, `5m`: one number and one unit, as Prometheus writes durations. */
export const duration = z.string().regex(/^[1-9][0-9]*[smhd]$/, 'is no duration such as 5m, 6h or 3d');

export const severity = z.enum(['page', 'ticket']);

/**
 * One row of the multi-window table: the budget burns `factor` times as fast as it may, over the long window and still
 * over the short one, which ends the alert soon after the errors end.
 */
const burnRate = z.strictObject({
  factor: z.number().positive(),
  long: duration,
  short: duration,
  /** How long both must hold: a single strange evaluation wakes nobody. */
  for: duration,
  severity,
});

const alerting = {
  /** What is measured, in a few words: the subject of the alert's sentence. */
  title: z.string().min(5),
  /** Why users care, for docs and dashboards. */
  description: z.string().min(20),
  alert: z.string().regex(/^[A-Z][A-Za-z]+$/, 'is not in UpperCamelCase'),
  runbook: dnsLabel,
  since: phaseId,
};

const budgeted = {
  ...alerting,
  /** Share of events that must be good: 0.999. */
  target: z.number().gt(0).lt(1),
  /** Events in the long window below which nothing is said: one failure of ten is no trend. */
  minimumEvents: z.int().min(1),
};

/** Requests at the front door that do not end in a server error. */
const availability = z.strictObject({ kind: z.literal('availability'), ...budgeted });
/** Requests at the front door that are answered within `mesh.responseTimeObjectiveMs`. */
const latency = z.strictObject({ kind: z.literal('latency'), ...budgeted });
/** What a workload counts itself, with the outcome as a label. */
const results = z.strictObject({
  kind: z.literal('results'),
  ...budgeted,
  workload: dnsLabel,
  /** A counter of the catalogue with the label `outcome`; `success` is the good one. */
  metric: z.string(),
});
/** A job whose results must not be older than this. */
const freshness = z.strictObject({
  kind: z.literal('freshness'),
  ...alerting,
  workload: dnsLabel,
  maxAgeHours: z.int().min(1),
});
/** Available over desired pods; the target is the phase's own, `health` of `platform/gates.ts`. */
const health = z.strictObject({
  kind: z.literal('health'),
  ...alerting,
  /** What the target is held against as an average: long, since a single pod is more than one in a thousand. */
  over: duration,
  /** Below the first phase's target for this long, somebody is woken. */
  pageAfter: duration,
});

export const objectivesSchema = z.strictObject({
  /** Days over which the budget counts; Prometheus keeps its data longer. */
  windowDays: z.int().min(1),
  burnRates: z.array(burnRate).min(1),
  objectives: z.record(dnsLabel, z.discriminatedUnion('kind', [availability, latency, results, freshness, health])),
});

/** What is promised to users, and how fast it may be used up before somebody hears of it. */
export type Objectives = z.infer<typeof objectivesSchema>;
export type Objective = Objectives['objectives'][string];
export type BudgetedObjective = Extract<Objective, { target: number }>;
export type BurnRate = z.infer<typeof burnRate>;
export type Severity = z.infer<typeof severity>;

/** Whether an objective has an error budget. */
export function isBudgeted(objective: Objective): objective is BudgetedObjective {
  return 'target' in objective;
}

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Seconds of a duration of this file: `6h` is 21,600. */
export function durationSeconds(text: string): number {
  return Number(text.slice(0, -1)) * SECONDS[text.slice(-1) as keyof typeof SECONDS];
}
