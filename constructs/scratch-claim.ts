import { workloadsOn } from '../model/platform/presence';
import { claimsOf, type Workload } from '../model/platform/workload';
import { claimMetadata, claimSpec } from './claim';
import type { k8s } from './k8s';
import type { Site } from './site';

/** The class of disks that are deleted with the pod they were made for; the key is that of the store's own class. */
export function scratchClassName(site: Site): string {
  return `${site.cluster.storage.className}-scratch`;
}

/** Whether a phase has jobs that need such disks. */
export function needsScratchClass(site: Site): boolean {
  return workloadsOn(site).some((workload) => workload.kind === 'CronJob' && claimsOf(workload).length > 0);
}

/** Disks of a job's pod. Kubernetes makes the claim with the pod and deletes it with the pod. */
export function scratchClaimVolumes(site: Site, workload: Workload): k8s.Volume[] {
  if (workload.kind !== 'CronJob') return [];
  return claimsOf(workload).map((claim) => ({
    name: claim.name,
    ephemeral: {
      volumeClaimTemplate: {
        metadata: claimMetadata(site, workload),
        spec: claimSpec(claim, scratchClassName(site)),
      },
    },
  }));
}
