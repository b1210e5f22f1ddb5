import { Construct } from 'constructs';
import {
  ExternalSecret,
  ExternalSecretSpecSecretStoreRefKind as StoreKind,
  ExternalSecretSpecTargetCreationPolicy as CreationPolicy,
  ExternalSecretSpecTargetDeletionPolicy as DeletionPolicy,
} from '../imports/external-secrets.io';
import type { Workload } from '../model/platform/workload';
import type { k8s } from './k8s';
import { SECRET_STORE_REF } from './secret-store';
import { workloadMetadata, type Site } from './site';

const VOLUME = 'secrets';

/** Copies a workload's secrets from the cluster's store into a Secret of the workload's name. */
export class WorkloadSecrets extends Construct {
  constructor(scope: Construct, site: Site, workload: Workload) {
    super(scope, `secrets-${workload.name}`);
    if (workload.secrets === undefined || site.cluster.secretStore === undefined) return;
    const { name } = site.platform.settings;
    new ExternalSecret(this, 'external-secret', {
      metadata: workloadMetadata(site, workload),
      spec: {
        secretStoreRef: { kind: StoreKind.SECRET_STORE, name: SECRET_STORE_REF.name },
        // A rotated secret is on the nodes within this time and the kubelet's minute; docs/secrets.md says what then.
        refreshInterval: '1h0m0s',
        target: {
          name: workload.name,
          creationPolicy: CreationPolicy.OWNER,
          // A store that lost a key must not take the running platform with it.
          deletionPolicy: DeletionPolicy.RETAIN,
        },
        data: Object.entries(workload.secrets).map(([file, key]) => ({
          secretKey: file,
          remoteRef: { key: `${name}-${key}` },
        })),
      },
    });
  }
}

/** The volume that holds a workload's secrets as files, readable by its own group only. */
export function secretVolumes(site: Site, workload: Workload): k8s.Volume[] {
  if (workload.secrets === undefined) return [];
  return [
    {
      name: VOLUME,
      secret: {
        secretName: workload.name,
        defaultMode: 0o440,
        // Without a store nothing makes the Secret: what can start without it does, the rest says what is missing.
        ...(site.cluster.secretStore === undefined ? { optional: true } : {}),
      },
    },
  ];
}

/** Where its containers find them: `/var/run/secrets/<workload>/<file>`. */
export function secretMounts(workload: Workload): k8s.VolumeMount[] {
  return workload.secrets === undefined
    ? []
    : [{ name: VOLUME, mountPath: `/var/run/secrets/${workload.name}`, readOnly: true }];
}
