import { kmsKey } from '../../model/platform/infrastructure';
import { scriptFile } from '../rendered-file';
import { command, ensure } from '../shell';
import { BASE_NAMES, LOCATION, preamble, PROJECT, type Target } from './target';

/** Google's own accounts that encrypt with each key: Compute Engine for disks, GKE for the control plane's database. */
const AGENTS = { disks: 'compute-system', database: 'container-engine-robot' } as const;

/** The region's keys, and who may use them. */
export function keysScript(path: string, target: Target): string {
  const { infrastructure } = target.platform;
  const { ring, rotationDays, ...names } = infrastructure.keys;
  const uses = ['disks', 'database'] as const;
  return scriptFile(
    path,
    [
      `Makes the keys of ${target.cluster.region}: "${names.disks}" for disks, "${names.database}" for the Secrets in the`,
      `control plane's database. Each gets a new version every ${rotationDays} days; docs/infrastructure.md says what that`,
      'does and what it does not. Keys and key rings can never be deleted, only their versions.',
    ],
    [
      ...preamble(target),
      ensure(
        'key ring',
        ring,
        ['gcloud', 'kms', 'keyrings', 'list', PROJECT, LOCATION, BASE_NAMES],
        ['gcloud', 'kms', 'keyrings', 'create', ring, PROJECT, LOCATION],
      ),
      ...uses.flatMap((use) => [
        ensure(
          'key',
          names[use],
          ['gcloud', 'kms', 'keys', 'list', PROJECT, LOCATION, `--keyring=${ring}`, BASE_NAMES],
          [
            ...['gcloud', 'kms', 'keys', 'create', names[use], PROJECT, LOCATION, `--keyring=${ring}`],
            ...[
              '--purpose=encryption',
              `--rotation-period=${rotationDays}d`,
              `--next-rotation-time=+p${rotationDays}d`,
            ],
          ],
        ),
        command(['allow_key', kmsKey(infrastructure, target.cluster.region, use), AGENTS[use]]),
      ]),
    ],
  );
}
