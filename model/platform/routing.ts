import * as z from 'zod';
import { dnsLabel } from './fields';
import type { Named } from './named';

/** Time spans as Alertmanager writes them: `30s`, `1h30m`. */
const span = z.string().regex(/^(\d+(d|h|m|s))+$/, 'is no time span such as "30s", "5m" or "12h"');

/** Labels and what they must be: one value, or one of several. */
const matchSchema = z.record(z.string().regex(/^[a-z_]+$/), z.union([z.string().min(1), z.array(z.string()).min(2)]));

/**
 * Where a notification goes. What must not stand in Git, a key or an address that holds one, is named by its key in the
 * secret manager, and Alertmanager reads it from a file.
 */
const receiverSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pagerduty'), description: z.string().min(10), key: dnsLabel }),
  z.strictObject({
    kind: z.literal('slack'),
    description: z.string().min(10),
    channel: z.string().regex(/^#[a-z0-9_-]+$/, 'is no name of a channel such as "#aia-alerts"'),
    key: dnsLabel,
  }),
  z.strictObject({
    kind: z.literal('webhook'),
    description: z.string().min(10),
    key: dnsLabel,
    /** Whether each region has an address of its own, under the key with `-<region>` at its end. */
    perRegion: z.boolean(),
    /** Whether it is also told that an alert is over; a heartbeat never is. */
    resolved: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('nobody'), description: z.string().min(10) }),
]);

const routeSchema = z.strictObject({
  /** Why these alerts go there. */
  why: z.string().min(10),
  match: matchSchema,
  /** Name of a receiver. */
  receiver: dnsLabel,
  /** Labels; alerts that agree in them come as one notification. */
  groupBy: z.array(z.string()).min(1),
  /** How long the first alert of a group waits for others. */
  wait: span,
  /** How long a group waits before it tells of alerts that have joined it. */
  interval: span,
  /** After which it is told again while it lasts. */
  repeat: span,
});

const inhibitionSchema = z.strictObject({
  /** What a reader of the second notification would not learn from it. */
  why: z.string().min(10),
  source: matchSchema,
  target: matchSchema,
  /** Labels in which both must agree; what neither has, they agree in. */
  equal: z.array(z.string()),
});

/** Somebody whom a runbook wakes. */
const roleSchema = z.strictObject({
  /** As the runbooks write it. */
  title: z.string().min(5),
  /** What only this role can decide or do. */
  wakeFor: z.string().min(10),
});

export const routingSchema = z.strictObject({
  receivers: z.record(dnsLabel, receiverSchema),
  /** The first that matches takes an alert; the last one must match all that is left. */
  routes: z.array(routeSchema).min(1),
  inhibitions: z.array(inhibitionSchema),
  /** The alert that always fires, and the receiver that misses it when it does not come. */
  deadMansSwitch: z.strictObject({
    alert: z.string(),
    receiver: dnsLabel,
    /** Page for whoever is woken by the other end: `docs/runbooks/<id>.md`. */
    runbook: dnsLabel,
    /** Time from one heartbeat to the next. */
    every: span,
    /** Minutes without a heartbeat after which the other end wakes somebody: what to set there. */
    missedAfterMinutes: z.int().min(1),
  }),
  roles: z.record(dnsLabel, roleSchema),
});

/** Who hears of an alert, when and how often. */
export type Routing = z.infer<typeof routingSchema>;
export type Match = z.infer<typeof matchSchema>;
export type Receiver = z.infer<typeof receiverSchema>;
export type Inhibition = z.infer<typeof inhibitionSchema>;
export type Role = Named<z.infer<typeof roleSchema>>;

/** Seconds of a time span. */
export function spanSeconds(text: string): number {
  const seconds = { d: 86_400, h: 3600, m: 60, s: 1 } as const;
  return [...text.matchAll(/(\d+)([dhms])/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * seconds[unit as keyof typeof seconds],
    0,
  );
}

/** Whether labels are what a match asks for; a label that is not there is empty, as for Prometheus. */
export function matches(match: Match, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(match).every(([label, wanted]) => [wanted].flat().includes(labels[label] ?? ''));
}
