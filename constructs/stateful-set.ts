import { JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { replicasOf } from '../model/platform/replicas';
import type { StatefulSetWorkload } from '../model/platform/workload';
import { claimMetadata, claimSpec } from './claim';
import { k8s } from './k8s';
import { patchRendered } from './patch-rendered';
import { drainPatches, podTemplate } from './pod-template';
import { headlessName } from './service';
import { ownerMetadata, selectorLabels, type Site } from './site';

/** The StatefulSet of a store or cache, with the final form of its claim templates: they can't be changed later. */
export function statefulSet(
  scope: Construct,
  site: Site,
  workload: StatefulSetWorkload,
  config: Readonly<Record<string, string>>,
): void {
  const object = new k8s.KubeStatefulSet(scope, 'stateful-set', {
    metadata: ownerMetadata(site, workload),
    spec: {
      replicas: replicasOf(workload, site.cluster, site.phase),
      serviceName: headlessName(workload),
      selector: { matchLabels: selectorLabels(workload) },
      // A follower needs its primary first; peers look for each other and start together.
      podManagementPolicy: workload.topology === 'primary' ? 'OrderedReady' : 'Parallel',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      revisionHistoryLimit: 5,
      template: podTemplate(site, workload, config, 'Always'),
      volumeClaimTemplates: workload.claims.map((claim) => ({
        metadata: { name: claim.name, ...claimMetadata(site, workload) },
        spec: claimSpec(claim, site.cluster.storage.className),
      })),
    },
  });
  patchRendered(
    object,
    // The API server writes these into every claim template; without them Argo CD sees a difference for ever.
    ...workload.claims.flatMap((_, index) => [
      JsonPatch.add(`/spec/volumeClaimTemplates/${index}/apiVersion`, 'v1'),
      JsonPatch.add(`/spec/volumeClaimTemplates/${index}/kind`, 'PersistentVolumeClaim'),
    ]),
    ...drainPatches(site, workload, '/spec/template'),
  );
}
