import type { Claim, Workload } from '../model/platform/workload';
import type { k8s } from './k8s';
import { quantity } from './quantities';
import { processingAnnotations, workloadLabels, type Site } from './site';

/** What a claim asks of the cluster; the disk is for one pod. */
export function claimSpec(
  { size }: Claim,
  storageClassName: string,
): k8s.PersistentVolumeClaimSpec & { readonly volumeMode: string } {
  return {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: quantity(size) } },
    storageClassName,
    volumeMode: 'Filesystem',
  };
}

/** What people and the record of processing see on a claim. */
export function claimMetadata(
  site: Site,
  workload: Workload,
): { labels: Record<string, string>; annotations: Record<string, string> } {
  return { labels: workloadLabels(site, workload), annotations: processingAnnotations(site, workload) };
}
