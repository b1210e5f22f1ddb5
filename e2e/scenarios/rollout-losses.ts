import { createPools, nodesOf } from '../pools';
import { Broken } from '../problem';
import { detail } from '../report';
import { Aia, hurryGates, type Listener } from '../rollout';
import { isAt, leaseIsFree } from '../rollout-state';
import { Sampler } from '../sampler';
import type { Scenario, Stage } from '../stage';
import { podsLeft } from './phase-3';

/** A machine, or a zone, fails while pods are being replaced; the cloud gives the nodes back after their pods have left. */
export const lossesMeanwhile: Scenario = {
  name: 'rollout while a node is lost, and while a zone is lost: its gate passes, every service keeps a pod',
  play: async (stage) => {
    hurryGates(stage, 10);
    await stage.argocd.settle('gates in a hurry', await stage.fork.renderAndPush('Gates in a hurry'));
    const aia = await Aia.asAccount(stage);
    const nodes = nodesOf(stage, 'phase-1');
    const [node] = nodes;
    if (node === undefined) throw new Error(`${stage.cluster} has no nodes`);
    await lossOn(stage, aia, 'phase-2', `node ${node.name}`, [node.name]);
    const inZone = nodes.filter(({ zone }) => zone === node.zone).map(({ name }) => name);
    await lossOn(stage, aia, 'phase-1', `zone ${node.zone}`, inZone);
  },
};

async function lossOn(
  stage: Stage,
  aia: Aia,
  to: 'phase-1' | 'phase-2',
  what: string,
  names: readonly string[],
): Promise<void> {
  const sampler = await Sampler.start(stage.kubectl, stage.namespace);
  try {
    await aia.listening(loseOnce(stage, names)).mustEndWith(0, 'rollout', '--to', to, '--yes', '--now');
  } finally {
    await sampler.stop();
  }
  const down = [...sampler.fewest].filter(([, { available }]) => available < 1).map(([name]) => name);
  if (down.length > 0)
    throw new Broken(`${what} was lost on the way to ${to}, and nothing was left of ${down.join(', ')}`);
  detail(`${what} (${names.join(', ')}) was lost on the way to ${to}; every workload kept a pod`);
  await leaseIsFree(stage);
  await isAt(stage, to);
}

/** Once Argo CD has begun to bring the new version. */
function loseOnce(stage: Stage, names: readonly string[]): Listener {
  let lost = false;
  return async (line) => {
    if (lost || !line.includes('new pods:')) return;
    lost = true;
    for (const name of names) await stage.kubectl.run('delete', 'node', name, '--wait=false');
    await podsLeft(stage, names);
    await createPools(stage, 'phase-1');
  };
}
