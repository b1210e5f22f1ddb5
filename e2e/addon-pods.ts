import { stringify } from 'yaml';
import type { Cluster } from '../model/platform/cluster';
import { clusterNodes } from '../model/platform/cluster-nodes';
import type { PhaseId } from '../model/platform/phase';
import { platform } from '../platform/platform';
import type { Kubectl } from './kubectl';
import { MADE_HERE } from './stand-ins';

const NAMESPACE = 'e2e-addons';

/**
 * Stands in for the add-ons, which no test cluster has: Deployments of one pod each that take as much room, where their
 * charts would put them. Without them a lost zone would look harmless.
 */
export async function standInForTheAddons(kubectl: Kubectl, cluster: Cluster, phase: PhaseId): Promise<void> {
  const { addons, onEachNode } = clusterNodes(platform, cluster, phase);
  const manifests: object[] = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels: MADE_HERE } },
    owner('DaemonSet', 'agents', {
      tolerations: [{ operator: 'Exists' }],
      priorityClassName: 'system-node-critical',
      containers: [container(onEachNode)],
    }),
    ...addons
      .filter(({ atMaximumOnly }) => !atMaximumOnly)
      .map(({ addon, requests, nodeSelector, priorityClass, tolerations }, index) =>
        owner('Deployment', `${addon}-${index}`, {
          nodeSelector,
          tolerations,
          priorityClassName: priorityClass,
          containers: [container(requests)],
        }),
      ),
  ];
  await kubectl.apply(manifests.map((manifest) => stringify(manifest)).join('---\n'));
}

/** Names of the stand-ins whose pod has no place, and the priority class of each. */
export async function waitingAddons(kubectl: Kubectl): Promise<string[]> {
  const pods = await kubectl.list(NAMESPACE, 'pods');
  return pods
    .filter(({ status, metadata }) => metadata.deletionTimestamp === undefined && phaseOf(status) === 'Pending')
    .map(({ metadata }) => metadata.name);
}

export async function removeAddons(kubectl: Kubectl): Promise<void> {
  await kubectl.run('delete', 'namespace', NAMESPACE, '--wait=true', '--timeout=120s', '--ignore-not-found');
}

function phaseOf(status: unknown): unknown {
  return (status as { phase?: unknown } | undefined)?.phase;
}

function owner(kind: 'DaemonSet' | 'Deployment', name: string, spec: object): object {
  const labels = { ...MADE_HERE, 'app.kubernetes.io/name': name };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: NAMESPACE, labels },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

function container({ cpuMillicores, memoryBytes }: { cpuMillicores: bigint; memoryBytes: bigint }): object {
  return {
    name: 'stand-in',
    image: 'stand-in.example.com/none:0',
    resources: { requests: { cpu: `${cpuMillicores}m`, memory: String(memoryBytes) } },
  };
}
