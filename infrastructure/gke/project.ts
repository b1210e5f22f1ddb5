import type { Platform } from '../../model/platform/platform';
import { scriptFile } from '../rendered-file';
import { command, ensure } from '../shell';
import { NAMES, nodeAccount, PROJECT } from './target';

const SERVICES = ['compute', 'container', 'cloudkms', 'artifactregistry', 'iam', 'cloudresourcemanager'];

/**
 * What nodes may do: write their own logs and metrics, and pull images. The first role is Google's for exactly this
 * ("Harden your cluster's security", GKE documentation, read November 2026).
 */
const NODE_ROLES = ['roles/container.defaultNodeServiceAccount', 'roles/artifactregistry.reader'];

/** What all clusters of the project share: APIs, the network, the account of the nodes. */
export function projectScript(path: string, platform: Platform): string {
  const { project, network, nodes } = platform.infrastructure;
  const account = nodeAccount(platform);
  return scriptFile(
    path,
    ['Makes what all clusters of the project share: APIs, the network, the account that nodes run as.'],
    [
      `PROJECT=${project}`,
      '# shellcheck source-path=SCRIPTDIR source=common.sh',
      'source "$(dirname "${BASH_SOURCE[0]}")/common.sh"',
      'require_project',
      '',
      command(['run', 'gcloud', 'services', 'enable', PROJECT, ...SERVICES.map((name) => `${name}.googleapis.com`)]),
      ensure(
        'network',
        network,
        ['gcloud', 'compute', 'networks', 'list', PROJECT, NAMES],
        ['gcloud', 'compute', 'networks', 'create', network, PROJECT, '--subnet-mode=custom'],
      ),
      ensure(
        'service account',
        account,
        ['gcloud', 'iam', 'service-accounts', 'list', PROJECT, '--format=value(email)'],
        ['gcloud', 'iam', 'service-accounts', 'create', nodes.serviceAccount, PROJECT, '--display-name=Nodes of AIA'],
      ),
      ...NODE_ROLES.map((role) =>
        command([
          ...['run', 'gcloud', 'projects', 'add-iam-policy-binding', { raw: '"$PROJECT"' }],
          ...[`--member=serviceAccount:${account}`, `--role=${role}`, '--condition=None', '--format=none'],
        ]),
      ),
    ],
  );
}
