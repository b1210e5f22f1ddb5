import * as z from 'zod';
import { dnsLabel } from './fields';

/** What a default deny must leave open for all pods, whatever they do: names, and reading their metrics. */
export const networkSchema = z.strictObject({
  /** Pods that resolve names, by one label and its values. */
  dns: z.strictObject({ namespace: dnsLabel, label: z.string(), values: z.array(z.string()).min(1) }),
  /** Namespace from which metrics are read. */
  metricsReader: z.strictObject({ namespace: dnsLabel }),
});

export type Network = z.infer<typeof networkSchema>;
