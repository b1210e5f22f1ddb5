import type { KubeObject } from '../model/kube-object';
import { asRecord } from '../model/manifest/access';
import { podOf } from './pods';
import { WAIVE_PREFIX } from './waivers';

const PREFIX = 'aia.io/';

/** True where the object, or the pod that it makes, carries a label or annotation of AIA's own; waivers don't count. */
export function hasPlatformMark(object: KubeObject): boolean {
  const pod = podOf(object);
  return [object.metadata, asRecord(pod?.template.metadata)].some(
    (metadata) => isMarked(metadata?.labels) || isMarked(metadata?.annotations),
  );
}

function isMarked(map: unknown): boolean {
  const fields = asRecord(map);
  if (!fields) return false;
  for (const key in fields) if (key.startsWith(PREFIX) && !key.startsWith(WAIVE_PREFIX)) return true;
  return false;
}
