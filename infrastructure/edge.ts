import type { Cluster, Pool } from '../model/platform/cluster';
import type { ClusterBuild } from '../model/platform/infrastructure';
import { atPhase } from '../model/platform/phase';
import type { Platform } from '../model/platform/platform';
import { nodeLabels } from './node-labels';
import { scriptFile } from './rendered-file';
import { command, quoted } from './shell';

/** What k3s brings itself and the site does without: it serves nobody from outside. */
const DISABLED = ['traefik', 'servicelb'];

/**
 * What k3s brings and the site needs, by the file below its manifests that has it; none tolerates a taint of ours.
 *
 * @see https://docs.k3s.io/installation/packaged-components (applied at every start unless `.skip` is there; read
 * November 2026)
 */
const PACKAGED = {
  coredns: 'coredns.yaml',
  'local-path-provisioner': 'local-storage.yaml',
  'metrics-server': 'metrics-server/metrics-server-deployment.yaml',
};
const MANIFESTS = '/var/lib/rancher/k3s/server/manifests';

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
      `Makes this machine the edge site ${cluster.name}. Run it on the machine, as root, and again to upgrade k3s. It has not`,
      'been tried on a machine.',
    ],
    [
      'if [ "$(id -u)" != 0 ]; then',
      '  printf \'k3s is installed as root.\\n  Fix: sudo %s\\n\' "$0" >&2',
      '  exit 2',
      'fi',
      ...(pool.taints.length === 0
        ? []
        : [
            '# So that an upgrade applies its new manifests.',
            `find ${MANIFESTS} -name '*.skip' -delete 2>/dev/null || true`,
          ]),
      '# Secrets are encrypted in the database of the control plane: sites are where machines get stolen.',
      command([
        ...[
          { raw: 'curl -sfL https://get.k3s.io | INSTALL_K3S_CHANNEL=' + quoted(build.channel) },
          'sh',
          '-s',
          '-',
          'server',
        ],
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
  const each = Object.entries(PACKAGED).map(([name, file]) => `tolerate ${name} ${file}`);
  return [
    '',
    '# What k3s brings must run on the tainted node too. It applies its manifests some seconds after a start, which would',
    '# undo this; from then on a .skip file keeps it from applying them.',
    'tolerate() {',
    '  until k3s kubectl -n kube-system get deployment "$1" >/dev/null 2>&1; do sleep 2; done',
    `  k3s kubectl -n kube-system patch deployment "$1" -p '${patch}'`,
    `  touch "${MANIFESTS}/$2.skip"`,
    '}',
    'sleep 30',
    ...each,
  ];
}
