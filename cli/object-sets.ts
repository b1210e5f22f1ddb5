import { readSources } from '../checks/sources';
import { identityOf, type KubeObject } from '../model/kube-object';
import { isKustomization, patchFiles } from '../model/manifest/kustomize';
import { readObjects } from '../model/manifest/objects';
import { ManifestSyntaxError, parseDocuments } from '../model/manifest/parse';
import type { Cluster } from '../model/platform/cluster';
import { isSince, PHASE_IDS, type PhaseId } from '../model/platform/phase';
import type { Platform } from '../model/platform/platform';

/** Objects that run on one cluster together. */
export interface ObjectSet {
  /** As a person names it: `dist/phase-1/europe-west4`, or the PATH that was given. */
  readonly name: string;
  /** Undefined for manifests of others, whose nodes are not known. */
  readonly cell: { readonly phase: PhaseId; readonly cluster: Cluster } | undefined;
  readonly objects: readonly KubeObject[];
  /** Objects whose identity stood in the set before; the first one counts. */
  readonly twice: number;
}

/** Input that can't be worked on; the message says where and what to do. */
export class ObjectSetError extends Error {
  override readonly name = 'ObjectSetError';
}

/** What a folder is held against although its path doesn't say so. */
export interface CellChoice {
  readonly phase?: string;
  readonly cluster?: string;
}

/**
 * Reads manifests and sorts them into sets: each `<phase>/<cluster>/` folder of the platform is one, and so is every
 * PATH that has no such folder.
 *
 * @param choice phase and cluster that all of them are held against instead.
 * @throws CannotReadError
 * @throws ObjectSetError for text that is no YAML, and for a wrong choice.
 */
export function readObjectSets(
  paths: readonly string[],
  workdir: string,
  platform: Platform,
  choice: CellChoice = {},
): readonly ObjectSet[] {
  const chosen = chosenCell(choice, platform);
  const sources = readSources(paths, workdir);
  const patches = new Set(
    sources.flatMap(({ name, text }) => (isKustomization(name) ? patchFiles(documentsOf(name, text), name) : [])),
  );
  const sets = new Map<string, { cell: ObjectSet['cell']; objects: Map<string, KubeObject>; twice: number }>();
  for (const { name, root, text } of sources) {
    if (patches.has(name) || !/apiVersion|kind/.test(text)) continue;
    const found = chosen ? undefined : cellOf(name, platform);
    const key = found?.folder ?? root;
    const set = sets.get(key) ?? { cell: chosen ?? found?.cell, objects: new Map<string, KubeObject>(), twice: 0 };
    sets.set(key, set);
    for (const { object } of readObjects(documentsOf(name, text), name).objects) {
      const identity = identityOf(object);
      if (set.objects.has(identity)) set.twice += 1;
      else set.objects.set(identity, object);
    }
  }
  return [...sets]
    .filter(([, { objects }]) => objects.size > 0)
    .map(([name, { cell, objects, twice }]) => ({ name, cell, objects: [...objects.values()], twice }));
}

function documentsOf(file: string, text: string): readonly unknown[] {
  try {
    return parseDocuments(text);
  } catch (error) {
    if (!(error instanceof ManifestSyntaxError)) throw error;
    throw new ObjectSetError(`${file}:${error.line} ${error.message}\n  Fix: ${error.fix}`);
  }
}

/** The innermost `<phase>/<cluster>` of a path that the platform knows. */
function cellOf(file: string, platform: Platform): { folder: string; cell: ObjectSet['cell'] } | undefined {
  const parts = file.split('/');
  for (let at = parts.length - 2; at > 0; at--) {
    const cell = cellNamed(parts[at - 1] ?? '', parts[at] ?? '', platform);
    if (cell) return { folder: parts.slice(0, at + 1).join('/'), cell };
  }
  return undefined;
}

function cellNamed(phaseName: string, clusterName: string, platform: Platform): ObjectSet['cell'] {
  const phase = PHASE_IDS.find((id) => id === phaseName);
  const cluster = Object.hasOwn(platform.clusters, clusterName) ? platform.clusters[clusterName] : undefined;
  if (!phase || !cluster || !isSince(cluster.since, phase)) return undefined;
  return { phase, cluster: { ...cluster, name: clusterName } };
}

function chosenCell({ phase, cluster }: CellChoice, platform: Platform): ObjectSet['cell'] {
  if (phase === undefined && cluster === undefined) return undefined;
  const clusters = Object.keys(platform.clusters).join(', ');
  if (phase === undefined || cluster === undefined)
    throw new ObjectSetError('--phase and --cluster go together: the nodes of a cluster depend on the phase.');
  const cell = cellNamed(phase, cluster, platform);
  if (cell) return cell;
  throw new ObjectSetError(
    `there is no cluster ${cluster} in ${phase}. Clusters: ${clusters}; phases: ${PHASE_IDS.join(', ')}; a cluster has phases from its \`since\` on.`,
  );
}
