import { problem, type Check } from './check';

/** The oldest release whose API server has accepted every manifest (platform/clusters.ts, k8sMinor). */
const FLOOR = 28;

/** Kubernetes must be at least what the manifests are rendered for. */
export const kubernetesVersion: Check = {
  id: 'kubernetes',
  title: 'the Kubernetes version is supported',
  look: async ({ live, site }) => {
    const version = await live.version();
    const minor = Number(/^v1\.(\d+)/.exec(version)?.[1] ?? '0');
    const needed = site.cluster.k8sMinor ?? FLOOR;
    if (minor >= needed) return [];
    return [
      problem(
        `${live.context} runs ${version}; the manifests are rendered for 1.${needed} and newer`,
        minor >= FLOOR
          ? `upgrade the cluster, or write k8sMinor: ${minor} in platform/clusters.ts and render again`
          : 'upgrade the cluster',
      ),
    ];
  },
};
