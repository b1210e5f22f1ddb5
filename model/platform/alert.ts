import * as z from 'zod';
import { clusterRole } from './cluster';
import { dnsLabel } from './fields';
import { duration, severity } from './objective';
import { phaseId } from './phase';

/**
 * What an alert is written for: one rule for the platform as a whole, or one for each of these. Each gives the expression
 * other `<placeholders>`; `model/alerting/subjects.ts` says which.
 */
export const alertSubject = z.enum([
  'platform',
  'workload',
  'container',
  'autoscaler',
  'trigger',
  'budget',
  'claim',
  'job',
  'pool',
  'zone',
  'archive',
  'follower',
]);

export const alertSchema = z.strictObject({
  alert: z.string().regex(/^[A-Z][A-Za-z]+$/, 'is not in UpperCamelCase'),
  each: alertSubject,
  /** Only for these workloads, kinds of them or capacities of pools; left out: for all that there are. */
  of: z
    .strictObject({
      services: z.array(dnsLabel).min(1).optional(),
      components: z.array(dnsLabel).min(1).optional(),
      kinds: z
        .array(z.enum(['Deployment', 'StatefulSet', 'CronJob']))
        .min(1)
        .optional(),
      capacity: z.enum(['on-demand', 'spot']).optional(),
    })
    .optional(),
  /** PromQL with `<placeholders>`: what depends on the platform is never typed twice. */
  expr: z.string().min(5),
  /** How long it must hold; left out: at once. */
  for: duration.optional(),
  severity,
  /** One sentence in plain words, with the value; Prometheus fills in `{{ … }}`, we fill in `<placeholders>`. */
  summary: z.string().min(20),
  runbook: dnsLabel,
  /** Labels beside severity and service. */
  labels: z.record(z.string(), z.string()).optional(),
  /** First phase that has it; left out: the first that has what it reads. */
  since: phaseId.optional(),
  roles: z.array(clusterRole).min(1).optional(),
});

export type Alert = z.infer<typeof alertSchema>;
export type AlertSubject = z.infer<typeof alertSubject>;
