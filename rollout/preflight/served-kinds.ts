import { problem, type Check } from './check';

/** Groups of Kubernetes itself: every cluster serves them. */
const BUILT_IN = /^(v1|(apps|batch|autoscaling|policy)\/.*|.*\.k8s\.io\/v\d+)$/;

/** Who brings the kinds of a group, where the data does not install it. */
const BROUGHT_BY: Readonly<Record<string, string>> = {
  'keda.sh': 'KEDA',
  'autoscaling.k8s.io': 'the Vertical Pod Autoscaler',
  'networking.istio.io': 'Istio',
  'security.istio.io': 'Istio',
  'telemetry.istio.io': 'Istio',
  'monitoring.coreos.com': 'the Prometheus operator',
  'cert-manager.io': 'cert-manager',
  'external-secrets.io': 'External Secrets',
  'kueue.x-k8s.io': 'Kueue',
  'networking.gke.io': 'GKE',
  'cloud.google.com': 'GKE',
};

/** A layer whose kind is not served can't be synced. Charts that Argo CD installs bring theirs before the layers. */
export const servedKinds: Check = {
  id: 'kinds',
  title: 'every kind of the phase is served, or comes with a chart before it is used',
  look: async ({ live, site, desired }) => {
    const kinds = new Map(desired.map(({ apiVersion, kind }) => [`${kind} of ${apiVersion}`, { apiVersion, kind }]));
    const missing: string[] = [];
    for (const [text, { apiVersion, kind }] of kinds) {
      const custom = !BUILT_IN.test(apiVersion) || apiVersion.startsWith('autoscaling.k8s.io/');
      if (custom && !(await live.serves(apiVersion, kind))) missing.push(text);
    }
    // What the cloud brings, no chart does.
    const unserved =
      site.cluster.addons === 'managed' ? missing.filter((text) => /gke\.io|cloud\.google\.com/.test(text)) : missing;
    if (unserved.length === 0) return [];
    const bringers = new Set(
      unserved.map(
        (text) => Object.entries(BROUGHT_BY).find(([group]) => text.includes(`of ${group}/`))?.[1] ?? 'its operator',
      ),
    );
    return [
      problem(
        `the cluster does not serve ${unserved.join(', ')}`,
        `install ${[...bringers].join(', ')}; or write addons: 'managed' for ${site.cluster.name} in platform/clusters.ts, and Argo CD does`,
      ),
    ];
  },
};
