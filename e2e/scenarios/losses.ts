import { platform } from '../../platform/platform';
import { createPools, nodesOf } from '../pools';
import { Broken } from '../problem';
import { detail } from '../report';
import { Sampler } from '../sampler';
import type { Scenario, Stage } from '../stage';
import { atPhase3, everyPodHasAPlace, podsLeft } from './phase-3';

/**
 * Phase 3 on its own pools, with the room that the add-ons take: a node of each pool is lost, then a zone. Every workload
 * goes on with at least one pod, and all of them are back on what is left, before anybody gives the nodes back.
 */
export const losses: Scenario = {
  name: 'phase 3 loses a node of each pool, and a zone: every service goes on, and all pods find a place again',
  play: async (stage) => {
    const { cluster } = stage;
    const data = platform.clusters[cluster];
    if (data?.role !== 'full') {
      detail('not played: only a full region has these pools');
      return;
    }
    await atPhase3(stage, { ...data, name: cluster }, async () => {
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
    });
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
