import { parse } from 'yaml';
import { renderDelivery } from '../delivery/render';
import type { KubeObject } from '../model/kube-object';
import type { PhaseId } from '../model/platform/phase';
import type { Platform } from '../model/platform/platform';
import { renderPlatform } from '../phases/render';

/** What Argo CD gets for one cluster, all others pinned to `none`, as objects by path below it. */
export function delivered(
  data: Platform,
  cluster: string,
  phase: PhaseId | 'none' = 'phase-1',
): Map<string, KubeObject> {
  const pins = new Map(Object.keys(data.clusters).map((name) => [name, name === cluster ? phase : ('none' as const)]));
  const files = renderDelivery(data, pins, renderPlatform(data).cells);
  return new Map(
    [...files].map(([file, text]) => {
      expect(file.startsWith(`${cluster}/`)).toBe(true);
      return [file.slice(cluster.length + 1), parse(text) as KubeObject];
    }),
  );
}

/** The object of that kind and name. */
export function find(objects: ReadonlyMap<string, KubeObject>, kind: string, name: string): KubeObject {
  const found = [...objects.values()].find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
}

/** The wave in which an object is synced. */
export function waveOf({ metadata }: KubeObject): number {
  return Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
}
