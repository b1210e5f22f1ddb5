import type { Cluster } from '../model/platform/cluster';

/** How the storage drivers of the large clouds are told which key encrypts a disk. */
const KEY_PARAMETERS = ['disk-encryption-kms-key', 'kmsKeyId', 'diskEncryptionSetID'];

/** The key that encrypts the disks of a StorageClass; undefined where it names none. */
export function storageKey({ parameters }: Cluster['storage']): string | undefined {
  return KEY_PARAMETERS.map((name) => parameters[name]).find((key) => key !== undefined);
}
