import { ApiObject } from 'cdk8s';
import { EmptyLayer } from '../constructs/empty-layer';
import { LAYERS, Layers, type Layer } from '../constructs/layers';
import { describeObject, identityOf, type KubeObject } from '../model/kube-object';
import type { Cluster } from '../model/platform/cluster';
import { named } from '../model/platform/named';
import { isSince, type PhaseId } from '../model/platform/phase';
import type { Platform } from '../model/platform/platform';
import { PlatformError } from '../model/platform/problems';
import { SOURCES } from '../model/platform/sources';
import { validatePlatform } from '../model/platform/validate';
import { manifestFileName, manifestText } from './manifest-file';
import { PHASES, type Phase } from './phases';

/** What one phase puts on one cluster. */
export interface Cell {
  readonly phase: PhaseId;
  readonly cluster: Cluster;
  readonly objects: readonly LayeredObject[];
}

export interface LayeredObject {
  readonly layer: Layer;
  readonly object: KubeObject;
}

/** Everything that is rendered: by phase and cluster for those who count, and as files for those who write. */
export interface Rendered {
  readonly cells: readonly Cell[];
  /** Text by path below `dist/`, with `/` between folders. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Renders every phase for every cluster that takes part in it.
 *
 * @throws PlatformError where the data is wrong, with all problems found; nothing is rendered then.
 */
export function renderPlatform(platform: Platform): Rendered {
  validatePlatform(
    platform,
    PHASES.map(({ id }) => id),
  );
  const cells = PHASES.flatMap((phase) =>
    named(platform.clusters)
      .filter(({ since }) => isSince(since, phase.id))
      .map((cluster) => renderCell(platform, phase, cluster)),
  );
  const files = new Map<string, string>();
  for (const { phase, cluster, objects } of cells) {
    for (const { layer, object } of objects) {
      files.set(`${phase}/${cluster.name}/${layer}/${manifestFileName(object)}`, manifestText(object));
    }
  }
  return { cells, files };
}

/** What every phase puts on one cluster, as it is given: a standby as the full region that it may become. */
export function renderCluster(platform: Platform, cluster: Cluster): Cell[] {
  return PHASES.filter(({ id }) => isSince(cluster.since, id)).map((phase) => renderCell(platform, phase, cluster));
}

/** One cdk8s App per phase and cluster: a shared one would resolve every object once for each of its charts. */
function renderCell(platform: Platform, phase: Phase, cluster: Cluster): Cell {
  const layers = new Layers();
  const mutualTls = cluster.mesh ? phase.mutualTls : undefined;
  // Where the mesh is not there, its gateway can't take the Ingress's place.
  const cloudIngress = cluster.frontDoor === 'gce' && (phase.frontDoor === 'ingress' || mutualTls === undefined);
  const site = { platform, phase: phase.id, cluster, mutualTls, cloudIngress };
  for (const part of phase.parts) part(layers, site);
  for (const layer of LAYERS) {
    if (layers[layer].node.children.length === 0) new EmptyLayer(layers[layer], site, layer);
  }
  // Not through Chart.toJson, which resolves and validates the whole App once for each chart; order is the files' names.
  const objects = LAYERS.flatMap((layer) =>
    layers[layer].node
      .findAll()
      .filter((construct) => ApiObject.isApiObject(construct))
      .map((object): LayeredObject => ({ layer, object: object.toJson() as KubeObject })),
  );
  refuseTwins(objects, phase.id, cluster.name);
  return { phase: phase.id, cluster, objects };
}

/** cdk8s renders two objects of one identity without a word, and the second would overwrite the first one's file. */
function refuseTwins(objects: readonly LayeredObject[], phase: PhaseId, cluster: string): void {
  const seen = new Set<string>();
  for (const { object } of objects) {
    const identity = identityOf(object);
    if (seen.has(identity)) {
      throw new PlatformError([
        {
          file: SOURCES.workloads,
          key: 'workloads',
          value: describeObject(object),
          message: `is rendered twice for ${cluster} in ${phase}: two workloads make an object of the same identity`,
          fix: `rename the workload whose name, or whose name with "-headless" or "-read", is "${object.metadata.name}"`,
        },
      ]);
    }
    seen.add(identity);
  }
}
