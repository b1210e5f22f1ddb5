import { textAt } from '../../model/manifest/access';
import type { Member } from '../set/member';

/** The annotation that says how Argo CD syncs one object. */
export const SYNC = 'argocd.argoproj.io/sync-options';

/** The sync options of an object. Helm's `keep` counts as Prune=false, as it does for Argo CD. */
export function syncOptions({ object }: Member): readonly string[] {
  const written = textAt(object, 'metadata', 'annotations', SYNC) ?? '';
  const isKept = textAt(object, 'metadata', 'annotations', 'helm.sh/resource-policy') === 'keep';
  return [...written.split(',').map((option) => option.trim()), ...(isKept ? ['Prune=false'] : [])];
}
