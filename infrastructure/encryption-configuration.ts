import { dump } from 'js-yaml';
import type { Settings } from '../model/platform/platform';
import { textFile } from './rendered-file';

/**
 * What a self-managed API server needs to encrypt Secrets with a KMS: a file on its machine, not an object, so it is in
 * no folder that Argo CD reads. GKE and k3s have flags for it.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/kms-provider/ (v2: beta in 1.27, stable in 1.29; read
 * November 2026)
 */
export function encryptionConfiguration(path: string, { name }: Settings): string {
  const configuration = {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'EncryptionConfiguration',
    resources: [
      {
        resources: ['secrets'],
        providers: [
          { kms: { apiVersion: 'v2', name, endpoint: 'unix:///run/kms-plugin/socket.sock', timeout: '3s' } },
          // Reads what was written before encryption was on; the last entry never writes.
          { identity: {} },
        ],
      },
    ],
  };
  const use = [
    '# Only for a control plane that you run yourself; GKE has --database-encryption-key, k3s --secrets-encryption.',
    '# 1. The plugin of your KMS runs on every control plane machine and listens at the endpoint below.',
    '# 2. Put this file there, readable by root alone, and start kube-apiserver with --encryption-provider-config=FILE.',
    '# 3. Write every Secret again: kubectl get secrets -A -o json | kubectl replace -f -',
    '# 4. Take "identity" out, so that a Secret that is not encrypted is an error, and restart kube-apiserver.',
  ];
  return textFile(path, `${use.join('\n')}\n${dump(configuration, { lineWidth: -1 })}`);
}
