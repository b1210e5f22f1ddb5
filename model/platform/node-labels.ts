import type { Pool } from './cluster';
import type { Settings } from './platform';

/** What the platform itself writes on the nodes of a pool, by which pods find them. */
export function poolLabels({ labelDomain }: Settings, pool: Pool): Record<string, string> {
  return {
    [`${labelDomain}/pool`]: pool.label,
    [`${labelDomain}/capacity-spread`]: pool.capacitySpread,
    ...(pool.addons === true ? { [`${labelDomain}/addons`]: 'true' } : {}),
  };
}
