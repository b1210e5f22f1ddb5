import type { Layer } from '../constructs/layers';
import type { Cluster } from '../model/platform/cluster';
import type { Platform } from '../model/platform/platform';

/** Address of the cluster that Argo CD itself runs in, as Argo CD writes it. */
export const IN_CLUSTER = 'https://kubernetes.default.svc';

/** One cluster and the platform it runs: what every object of this room is made for. */
export interface Target {
  readonly platform: Platform;
  readonly cluster: Cluster;
}

/** Where the cluster's objects are applied. */
export function destinationServer({ cluster }: Target): string {
  return cluster.destination ?? IN_CLUSTER;
}

/**
 * Name of an object that every cluster's bootstrap has: `aia-root`. On a hub, where they all lie in one namespace, the
 * cluster is part of it.
 */
export function sharedName({ platform, cluster }: Target, name: 'root' | 'layers' | 'addons' | 'rollout'): string {
  const suffix = cluster.destination === undefined ? '' : `-${cluster.name}`;
  return `${platform.settings.name}-${name}${suffix}`;
}

/** Name of the application of a layer or a chart: `aia-workloads-europe-west4`. */
export function applicationName({ platform, cluster }: Target, of: Layer | (string & {})): string {
  return `${platform.settings.name}-${of}-${cluster.name}`;
}
