import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { k8s } from './k8s';
import { sharedMetadata, type Site } from './site';

/** Name of the store, and of the account that reads it: it stands in the identities that the cloud trusts. */
const NAME = 'secret-reader';

/**
 * Where External Secrets reads what must not stand in Git: the cloud's secret manager, under an account that may read
 * this platform's secrets and nothing else. Where a cluster has no such store, somebody else makes the Secrets.
 *
 * @see https://external-secrets.io/latest/provider/google-secrets-manager/
 */
export class SecretStore extends Construct {
  constructor(scope: Construct, site: Site) {
    super(scope, 'secret-store');
    const store = site.cluster.secretStore;
    if (store === undefined) return;
    const metadata = sharedMetadata(site, NAME);
    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: {
        ...metadata,
        annotations: {
          'iam.gke.io/gcp-service-account': `${site.platform.settings.name}-${NAME}@${store.project}.iam.gserviceaccount.com`,
        },
      },
      automountServiceAccountToken: false,
    });
    // Not from imports/: its type lists two dozen clouds and would be larger than all others together.
    new ApiObject(this, 'secret-store', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'SecretStore',
      metadata,
      spec: {
        provider: {
          gcpsm: { projectID: store.project, auth: { workloadIdentity: { serviceAccountRef: { name: NAME } } } },
        },
      },
    });
  }
}

/** The store, as an ExternalSecret names it. */
export const SECRET_STORE_REF = { kind: 'SecretStore', name: NAME } as const;
