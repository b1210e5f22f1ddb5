import type { KubeObject } from '../../model/kube-object';
import type { Cluster } from '../../model/platform/cluster';
import { workloadsOn } from '../../model/platform/presence';
import { platform } from '../../platform/platform';
import { removeAddons, standInForTheAddons, waitingAddons } from '../addon-pods';
import { step } from '../pools';
import type { Stage } from '../stage';
import { DONE, still, until } from '../wait';
import { replicasOf } from './live';

/** A lost node is noticed after 40 s, and its pods leave; then they start elsewhere. */
const RECOVERY_SECONDS = 150;

/**
 * Takes a full region to phase 3 on its own pools, with the room that the add-ons take, plays there, and takes it back to
 * phase 1, whatever happens.
 */
export async function atPhase3(stage: Stage, on: Cluster, body: () => Promise<void>): Promise<void> {
  const { kubectl } = stage;
  await step(stage, 'phase-2');
  await step(stage, 'phase-3');
  await standInForTheAddons(kubectl, on, 'phase-3');
  try {
    await everyPodHasAPlace(stage, 'with the add-ons');
    await body();
  } finally {
    await removeAddons(kubectl);
    await step(stage, 'phase-2');
    await step(stage, 'phase-1');
  }
}

/** Until the pods of lost nodes are gone the API server shows them as if nothing had happened. */
export async function podsLeft({ kubectl, namespace }: Stage, nodes: readonly string[]): Promise<void> {
  await until('pods leave the lost nodes', RECOVERY_SECONDS, async () => {
    const pods = await kubectl.list(namespace, 'pods');
    const left = pods.filter(({ spec }) => nodes.includes(String((spec as { nodeName?: string }).nodeName)));
    return left.length === 0 ? DONE : still(`${left.length} pods are on nodes that are gone`);
  });
}

/** Full health: every workload of phase 3 has all the pods it wants, and no add-on waits for a node. */
export async function everyPodHasAPlace(stage: Stage, when: string): Promise<void> {
  const { kubectl, namespace, cluster } = stage;
  const on = { ...platform.clusters[cluster], name: cluster } as Cluster;
  const served = workloadsOn({ platform, cluster: on, phase: 'phase-3' }).filter(({ kind }) => kind !== 'CronJob');
  await until(when, RECOVERY_SECONDS, async () => {
    const owners = await kubectl.list(namespace, 'deployments,statefulsets');
    const short = served.flatMap(({ name }) => shortOf(owners, name));
    const waiting = await waitingAddons(kubectl);
    const all = [...short, ...waiting.map((name) => `${name} is Pending`)];
    return all.length === 0 ? DONE : still(all.slice(0, 6).join(', '));
  });
}

function shortOf(owners: readonly KubeObject[], name: string): string[] {
  const { wanted, available } = replicasOf(owners.find(({ metadata }) => metadata.name === name));
  return wanted > 0 && available >= wanted ? [] : [`${name} has ${available} of ${wanted}`];
}
