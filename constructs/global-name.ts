import { workloadsOn } from '../model/platform/presence';
import type { Workload } from '../model/platform/workload';
import type { Site } from './site';

/** The name that leads to a region which can serve, and the workload that says whether this one can. */
export interface GlobalName {
  readonly host: string;
  readonly health: Workload;
  readonly primaryRegion: string;
  readonly ttlSeconds: number;
}

/** The global name of a cluster that takes part in global load balancing; undefined elsewhere, and in earlier phases. */
export function globalName(site: Site): GlobalName | undefined {
  const { globalDns, settings } = site.platform;
  const health = workloadsOn(site).find(({ name }) => name === globalDns?.healthWorkload);
  if (site.cluster.globalDns !== true || globalDns === undefined || health === undefined) return undefined;
  const { primaryRegion, ttlSeconds, subdomain } = globalDns;
  return { host: `front-door.${subdomain}.${settings.domain}`, health, primaryRegion, ttlSeconds };
}
