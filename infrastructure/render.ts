import { named } from '../model/platform/named';
import type { Platform } from '../model/platform/platform';
import { edgeScript } from './edge';
import { encryptionConfiguration } from './encryption-configuration';
import { renderGke } from './gke/render';
import { kindConfiguration } from './kind';

/**
 * Renders what builds the clusters, from the data that also gives manifests, capacity and cost. A script whose text
 * begins with `#!` is a program.
 *
 * @returns text by path below `infra/`, with `/` between folders.
 */
export function renderInfrastructure(platform: Platform): Map<string, string> {
  const files = renderGke(platform);
  for (const cluster of named(platform.clusters)) {
    if (cluster.build?.kind === 'kind') {
      const path = `kind/${cluster.name}.yaml`;
      files.set(path, kindConfiguration(path, platform, cluster));
    }
    if (cluster.build?.kind === 'k3s') {
      const path = `edge/${cluster.name}/install.sh`;
      files.set(path, edgeScript(path, platform, cluster, cluster.build));
    }
  }
  const path = 'self-managed/encryption-configuration.yaml';
  files.set(path, encryptionConfiguration(path, platform.settings));
  return files;
}
