import { withoutApiServer } from '../control-plane';
import { poolOperator } from '../pool-operator';
import { Broken } from '../problem';
import { detail } from '../report';
import { Aia, hurryGates, type Listener } from '../rollout';
import { BranchWatch, isAt, leaseIsFree } from '../rollout-state';
import { holdToPromise, Sampler } from '../sampler';
import type { Scenario, Stage } from '../stage';
import { promisedMinimum } from './promised';

/** The strategy's option B on one cluster, and all the way back. */
export const everything: Scenario = {
  name: 'rollout of everything, phase 1 to 2 to 3 with its nodes, the API server away in the middle, and back to phase 1',
  isLong: true,
  play: async (stage) => {
    const { fork, argocd, cluster } = stage;
    hurryGates(stage, 10);
    await argocd.settle('gates in a hurry', await fork.renderAndPush('Gates in a hurry'));
    const aia = await Aia.asAccount(stage);
    const branch = await BranchWatch.begin(stage, 'phase-1');
    const sampler = await Sampler.start(stage.kubectl, stage.namespace);
    try {
      const away = awayOnce(stage, /pushed .*phase-1 to phase-2/);
      const up = aia.listening(poolOperator(stage), ...(stage.own ? [] : [away]));
      await up.mustEndWith(0, 'rollout', '--optimize-all', '--cluster', cluster, '--yes', '--now');
      await made(branch, 'phase-1..phase-2', 'phase-2..phase-3');
      await isAt(stage, 'phase-3');
      await branch.beginAgain();
      await aia.listening(poolOperator(stage)).mustEndWith(0, 'rollout', '--to', 'phase-1', '--yes');
      await made(branch, 'phase-3..phase-2', 'phase-2..phase-1');
      await isAt(stage, 'phase-1');
      await leaseIsFree(stage);
    } finally {
      await sampler.stop();
    }
    detail(`replicas were looked at ${sampler.samples} times`);
    holdToPromise(sampler.fewest, promisedMinimum(stage, ['phase-1', 'phase-2', 'phase-3']));
  },
};

function awayOnce(stage: Stage, when: RegExp): Listener {
  let done = false;
  return async (line) => {
    if (done || !when.test(line)) return;
    done = true;
    await withoutApiServer(stage, 20);
  };
}

async function made(branch: BranchWatch, ...wanted: readonly string[]): Promise<void> {
  const steps = await branch.steps();
  if (steps.join() !== wanted.join()) throw new Broken(`the branch has the steps ${steps.join(', ')}`);
}
