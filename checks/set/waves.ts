import { textAt } from '../../model/manifest/access';
import type { Member } from './member';

/** The sync wave of an object; Argo CD applies lower ones first, 0 where none is written. */
export function waveOf({ object }: Member): number {
  return Number.parseInt(textAt(object, 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave') ?? '0', 10) || 0;
}
