import * as z from 'zod';

/** Something outside the cluster that a workload calls: by name for its proxy, by address for the nodes. */
export const externalSchema = z.strictObject({
  hosts: z.array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'is not a host name')).min(1),
  port: z.int().min(1).max(65535),
  /**
   * Ranges its addresses are in. Left out: any public address on that port, since a NetworkPolicy knows no names; private
   * ranges stay closed.
   */
  cidrs: z.array(z.cidrv4()).min(1).optional(),
});

export type External = z.infer<typeof externalSchema>;
