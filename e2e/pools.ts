import { parseAllDocuments } from 'yaml';
import type { PhaseId } from '../model/platform/phase';
import { platform } from '../platform/platform';
import { nodeManifests } from './nodes';
import { CannotRun } from './problem';
import { detail } from './report';
import type { Stage } from './stage';

interface NodeManifest {
  readonly name: string;
  readonly zone: string;
  /** Value of the pool label. */
  readonly pool: string;
  readonly manifest: string;
}

/** The nodes that the data has for the cluster in a phase. */
export function nodesOf({ cluster }: Stage, phase: PhaseId): NodeManifest[] {
  const data = platform.clusters[cluster];
  if (data === undefined) throw new CannotRun(`${cluster} is no cluster`, 'name one of platform/clusters.ts');
  const { labelDomain } = platform.settings;
  return parseAllDocuments(nodeManifests(platform, { ...data, name: cluster }, phase)).map((document) => {
    const label = (key: string): string => String(document.getIn(['metadata', 'labels', key]));
    return {
      name: String(document.getIn(['metadata', 'name'])),
      zone: label('topology.kubernetes.io/zone'),
      pool: label(`${labelDomain}/pool`),
      manifest: document.toString(),
    };
  });
}

/** Creates the nodes of a phase that are not there: what the pools of the next phase need before the promotion. */
export async function createPools(stage: Stage, phase: PhaseId): Promise<void> {
  const there = await liveNodes(stage);
  const missing = nodesOf(stage, phase).filter(({ name }) => !there.includes(name));
  for (const { manifest } of missing) await stage.kubectl.apply(manifest);
  if (missing.length > 0) detail(`nodes created: ${missing.map(({ name }) => name).join(', ')}`);
}

/** Drains the nodes that a phase does not have, within the disruption budgets, and deletes them. */
export async function drainPools(stage: Stage, phase: PhaseId): Promise<void> {
  const wanted = nodesOf(stage, phase).map(({ name }) => name);
  const surplus = (await liveNodes(stage)).filter((name) => !wanted.includes(name));
  for (const name of surplus) {
    const options = ['--ignore-daemonsets', '--delete-emptydir-data', '--timeout=180s'];
    await stage.kubectl.run('drain', name, ...options);
    await stage.kubectl.run('delete', 'node', name);
  }
  if (surplus.length > 0) detail(`nodes drained and deleted: ${surplus.join(', ')}`);
}

/** Moves the cluster to a phase by a commit of its pin, with the nodes that the phase has. */
export async function step(stage: Stage, phase: PhaseId): Promise<void> {
  const { fork, argocd, cluster } = stage;
  await createPools(stage, phase);
  fork.pin(cluster, phase);
  await argocd.settle(`to ${phase}`, await fork.renderAndPush(`To ${phase}`), 420);
  await drainPools(stage, phase);
  await argocd.settle(`${phase} on its own nodes`);
}

async function liveNodes({ kubectl }: Stage): Promise<string[]> {
  return (await kubectl.list('', 'nodes')).map(({ metadata }) => metadata.name);
}
