import type { Cluster, Pool } from '../model/platform/cluster';
import type { ClusterBuild } from '../model/platform/infrastructure';
import { atPhase } from '../model/platform/phase';
import type { Platform } from '../model/platform/platform';
import { nodeLabels } from './node-labels';
import { scriptFile } from './rendered-file';
import { command } from './shell';

/** What k3s brings itself and the site does without: it serves nobody from outside. */
const DISABLED = ['traefik', 'servicelb'];

/** What k3s brings and the site needs; none of them tolerates a taint of ours. */
const PACKAGED = ['coredns', 'local-path-provisioner', 'metrics-server'];

/**
 * Makes the one machine of an edge site a cluster of its own with k3s.
 *
 * @see https://docs.k3s.io/cli/server (`--secrets-encryption`, `--node-label`, `--node-taint`, `--disable`; read November
 * 2026)
 */
export function edgeScript(
  path: string,
  platform: Platform,
  cluster: Cluster,
  build: Extract<ClusterBuild, { kind: 'k3s' }>,
): string {
  const pool = (atPhase(cluster.pools, cluster.since) ?? [])[0];
  if (pool === undefined) throw new Error(`${cluster.name} has no pool in ${cluster.since}`);
  const labels = Object.entries(nodeLabels(platform, cluster, pool, pool.zones[0] ?? cluster.region));
  return scriptFile(
    path,
    [
      `Makes this machine the edge site ${cluster.name}. Run it on the machine, as root; run it again to upgrade, since an`,
      'upgrade puts back what k3s brings. It has not been tried on a machine.',
    ],
    [
      'if [ "$(id -u)" != 0 ]; then',
      '  printf \'k3s is installed as root.\\n  Fix: sudo %s\\n\' "$0" >&2',
      '  exit 2',
      'fi',
      '# Secrets are encrypted in the database of the control plane: sites are where machines get stolen.',
      command([
        ...[{ raw: 'curl -sfL https://get.k3s.io | INSTALL_K3S_CHANNEL=' + build.channel }, 'sh', '-s', '-', 'server'],
        '--secrets-encryption',
        ...labels.map(([name, value]) => `--node-label=${name}=${value}`),
        ...pool.taints.map(({ key, value, effect }) => `--node-taint=${key}=${value}:${effect}`),
        ...DISABLED.map((name) => `--disable=${name}`),
      ]),
      ...tolerated(pool),
    ],
  );
}

/** The site has no other node, so what k3s brings must run on the tainted one. */
function tolerated({ taints }: Pool): string[] {
  if (taints.length === 0) return [];
  const tolerations = taints.map(({ key, value, effect }) => ({ key, operator: 'Equal', value, effect }));
  const patch = JSON.stringify({ spec: { template: { spec: { tolerations } } } });
  return [
    `for name in ${PACKAGED.join(' ')}; do`,
    '  until k3s kubectl -n kube-system get deployment "$name" >/dev/null 2>&1; do sleep 2; done',
    `  k3s kubectl -n kube-system patch deployment "$name" -p '${patch}'`,
    'done',
  ];
}
