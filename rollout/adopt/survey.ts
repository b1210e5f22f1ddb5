import { distance } from 'fastest-levenshtein';
import { groupOf, type KubeObject } from '../../model/kube-object';
import type { LiveCluster } from '../cluster/live-cluster';
import type { Site } from '../cluster/site';
import { incompatibilities, isReplaced, isUnowned, type Incompatibility } from './incompatible';
import { strayFields, type StrayFields } from './stray-fields';

/** Kinds whose live objects are compared with Git's: those with fields that can't be changed, or that run something. */
const COMPARED = new Set([
  ...['apps/Deployment', 'apps/StatefulSet', '/Service'],
  ...['storage.k8s.io/StorageClass', 'scheduling.k8s.io/PriorityClass'],
]);

/** What is on a cluster already, seen from Git. */
export interface Survey {
  readonly incompatible: readonly Incompatibility[];
  readonly stray: readonly StrayFields[];
  /** Workloads that Git does not know: they go on running. */
  readonly unknown: readonly Unknown[];
  /** Live objects that Git knows too, incompatible or not. */
  readonly known: readonly KubeObject[];
}

/** A workload that Git does not know. */
export interface Unknown {
  readonly object: KubeObject;
  /** Name of the workload that it may be under another name. */
  readonly like?: string;
}

/** Compares what runs on a cluster with what Git is going to bring. */
export async function survey(live: LiveCluster, site: Site, desired: readonly KubeObject[]): Promise<Survey> {
  const { namespace } = site.platform.settings;
  const kubectl = `kubectl --context ${live.context}`;
  const pairs: { wanted: KubeObject; found: KubeObject }[] = [];
  for (const wanted of desired) {
    if (!COMPARED.has(`${groupOf(wanted.apiVersion)}/${wanted.kind}`)) continue;
    const found = await live.find(wanted.apiVersion, wanted.kind, wanted.metadata.name, wanted.metadata.namespace);
    if (found !== undefined) pairs.push({ wanted, found });
  }
  const commandsFor = ({ metadata }: KubeObject): string =>
    metadata.namespace === undefined ? kubectl : `${kubectl} -n ${metadata.namespace}`;
  const running = [
    ...(await live.list('apps/v1', 'Deployment', namespace)),
    ...(await live.list('apps/v1', 'StatefulSet', namespace)),
  ];
  const compared = pairs.map(({ wanted, found }) => ({
    stays: incompatibilities(wanted, found, commandsFor(wanted)),
    stray: strayFields(wanted, found, commandsFor(wanted)),
  }));
  return {
    incompatible: compared.flatMap(({ stays }) => stays),
    // What is made anew brings nothing along, and once nobody owns a field the first sync removes it.
    stray: compared.flatMap(({ stays, stray }) => (stays.some(removesStrays) ? [] : (stray ?? []))),
    unknown: unknownWorkloads(running, desired),
    known: pairs.map(({ found }) => found),
  };
}

function unknownWorkloads(running: readonly KubeObject[], desired: readonly KubeObject[]): Unknown[] {
  const ours = desired.filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind));
  return running
    .filter(
      (object) => !ours.some(({ kind, metadata }) => kind === object.kind && metadata.name === object.metadata.name),
    )
    .map((object) => {
      const { name } = object.metadata;
      const like = ours.map(({ metadata }) => metadata.name).find((other) => isLike(name, other));
      return { object, ...(like === undefined ? {} : { like }) };
    });
}

/** The same but for a few letters, or one is the beginning of the other. */
function isLike(name: string, other: string): boolean {
  return name.startsWith(other) || other.startsWith(name) || distance(name, other) <= 3;
}

function removesStrays(found: Incompatibility): boolean {
  return isReplaced(found) || isUnowned(found);
}
