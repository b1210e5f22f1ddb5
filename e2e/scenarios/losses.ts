import type { KubeObject } from '../../model/kube-object';
import type { Cluster } from '../../model/platform/cluster';
import { workloadsOn } from '../../model/platform/presence';
import { platform } from '../../platform/platform';
import { removeAddons, standInForTheAddons, waitingAddons } from '../addon-pods';
import { createPools, drainPools, nodesOf } from '../pools';
import { Broken } from '../problem';
import { detail } from '../report';
import { Sampler } from '../sampler';
import type { Scenario, Stage } from '../stage';
import { DONE, still, until } from '../wait';
import { replicasOf } from './live';

/** A lost node is noticed after 40 s, and its pods leave; then they start elsewhere. */
const RECOVERY_SECONDS = 150;

/**
 * Phase 3 on its own pools, with the room that the add-ons take: a node of each pool is lost, then a zone. Every workload
 * goes on with at least one pod, and all of them are back on what is left, before anybody gives the nodes back.
 */
export const losses: Scenario = {
  name: 'phase 3 loses a node of each pool, and a zone: every service goes on, and all pods find a place again',
  play: async (stage) => {
    const { fork, argocd, kubectl, cluster } = stage;
    const data = platform.clusters[cluster];
    if (data?.role !== 'full') {
      detail('not played: only a full region has these pools');
      return;
    }
    const on = { ...data, name: cluster };
    fork.pin(cluster, 'phase-2');
    await argocd.settle('phase 2', await fork.renderAndPush('To phase 2'), 420);
    await createPools(stage, 'phase-3');
    fork.pin(cluster, 'phase-3');
    await argocd.settle('phase 3', await fork.renderAndPush('To phase 3'), 420);
    await drainPools(stage, 'phase-3');
    await standInForTheAddons(kubectl, on, 'phase-3');
    try {
      await everyPodHasAPlace(stage, 'with the add-ons');
      const nodes = nodesOf(stage, 'phase-3');
      for (const pool of new Set(nodes.map((node) => node.pool))) {
        const [node] = nodes.filter((entry) => entry.pool === pool);
        if (node !== undefined) await lose(stage, `a node of ${pool}`, [node.name]);
      }
      const zone = nodes[0]?.zone;
      await lose(
        stage,
        `zone ${zone ?? ''}`,
        nodes.filter((node) => node.zone === zone).map(({ name }) => name),
      );
    } finally {
      await removeAddons(kubectl);
      await createPools(stage, 'phase-2');
      fork.pin(cluster, 'phase-2');
      await argocd.settle('back at phase 2', await fork.renderAndPush('Back to phase 2'), 420);
      await drainPools(stage, 'phase-2');
      fork.pin(cluster, 'phase-1');
      await argocd.settle('back at phase 1', await fork.renderAndPush('Back to phase 1'), 420);
    }
  },
};

async function lose(stage: Stage, what: string, names: readonly string[]): Promise<void> {
  const { kubectl, namespace } = stage;
  const start = Date.now();
  const sampler = await Sampler.start(kubectl, namespace);
  try {
    for (const name of names) await kubectl.run('delete', 'node', name, '--wait=false');
    await podsLeft(stage, names);
    await everyPodHasAPlace(stage, `${what} is lost`);
  } finally {
    await sampler.stop();
  }
  const down = [...sampler.fewest].filter(([, { available }]) => available < 1).map(([name]) => name);
  if (down.length > 0) throw new Broken(`${what} was lost, and nothing was left of ${down.join(', ')}`);
  const seconds = ((Date.now() - start) / 1000).toFixed(0);
  detail(
    `${what} lost (${names.join(', ')}): all pods are back after ${seconds} s, every workload had one all the time`,
  );
  await createPools(stage, 'phase-3');
}

/** Until the pods of lost nodes are gone the API server shows them as if nothing had happened. */
async function podsLeft({ kubectl, namespace }: Stage, nodes: readonly string[]): Promise<void> {
  await until('pods leave the lost nodes', RECOVERY_SECONDS, async () => {
    const pods = await kubectl.list(namespace, 'pods');
    const left = pods.filter(({ spec }) => nodes.includes(String((spec as { nodeName?: string }).nodeName)));
    return left.length === 0 ? DONE : still(`${left.length} pods are on nodes that are gone`);
  });
}

async function everyPodHasAPlace(stage: Stage, when: string): Promise<void> {
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
