import type { KubeObject } from '../../model/kube-object';
import { Broken } from '../problem';
import type { Stage } from '../stage';

/** Everything that Argo CD brings into the namespace, by kind and name, with the identity of the live object. */
export type Live = ReadonlyMap<string, string>;

const KINDS = [
  ...['deployments', 'statefulsets', 'cronjobs', 'services', 'serviceaccounts', 'configmaps'],
  ...['poddisruptionbudgets', 'ingresses', 'resourcequotas', 'limitranges'],
].join(',');

/** Takes down what is alive now. */
export async function live({ kubectl, namespace }: Stage): Promise<Live> {
  const objects = await kubectl.list(namespace, KINDS);
  return new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, String(object.metadata.uid)]));
}

/** @throws Broken where something has gone since then, or was deleted and made again. */
export async function nothingIsGone(stage: Stage, before: Live): Promise<void> {
  const now = await live(stage);
  const gone = [...before].filter(([name, uid]) => now.get(name) !== uid).map(([name]) => name);
  if (gone.length > 0) throw new Broken(`gone or made anew: ${gone.join(', ')}`);
}

/** Replicas that an object wants and that are available. */
export function replicasOf(object: KubeObject | undefined): { wanted: number; available: number } {
  const spec = object?.spec as { replicas?: number } | undefined;
  const status = object?.status as { availableReplicas?: number } | undefined;
  return { wanted: spec?.replicas ?? 0, available: status?.availableReplicas ?? 0 };
}
