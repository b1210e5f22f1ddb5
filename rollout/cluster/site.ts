import type { Cluster } from '../../model/platform/cluster';
import type { PhaseId } from '../../model/platform/phase';
import type { Platform } from '../../model/platform/platform';

/** Layers of a phase, in the order in which they are synced; each has an application. */
export const LAYERS = ['platform', 'policy', 'workloads'] as const;

/** A cluster of the platform's data, with the names that its Argo CD objects have. */
export interface Site {
  readonly platform: Platform;
  readonly cluster: Cluster;
}

/** Name of the root application; on a hub, where several lie in one namespace, the cluster is part of it. */
export function rootName({ platform, cluster }: Site): string {
  const suffix = cluster.destination === undefined ? '' : `-${cluster.name}`;
  return `${platform.settings.name}-root${suffix}`;
}

/** Name of a layer's project. */
export function layersProjectName({ platform, cluster }: Site): string {
  const suffix = cluster.destination === undefined ? '' : `-${cluster.name}`;
  return `${platform.settings.name}-layers${suffix}`;
}

/** Name of the application of a layer. */
export function layerName({ platform, cluster }: Site, layer: string): string {
  return `${platform.settings.name}-${layer}-${cluster.name}`;
}

/** Folder that a layer's application reads in a phase. */
export function layerPath({ cluster }: Site, layer: string, phase: PhaseId): string {
  return `dist/${phase}/${cluster.name}/${layer}`;
}
