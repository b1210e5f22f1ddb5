import { Broken } from '../problem';
import { Aia, hurryGates } from '../rollout';
import { BranchWatch, isAt, leaseIsFree } from '../rollout-state';
import type { Scenario } from '../stage';

/** The strategy's option C: a person at a terminal, who wants the first step and not the second. */
export const staged: Scenario = {
  name: 'rollout --staged at a terminal: shows each step and asks, a yes makes it, a no ends it and keeps what has passed',
  play: async (stage) => {
    hurryGates(stage, 5);
    await stage.argocd.settle('gates in a hurry', await stage.fork.renderAndPush('Gates in a hurry'));
    const aia = await Aia.asAccount(stage);
    const branch = await BranchWatch.begin(stage, 'phase-1');
    const answers = ['y', 'n'];
    const { code, stdout } = await aia.atTerminal(answers, 'rollout', '--staged', '--cluster', stage.cluster, '--now');
    if (code !== 1) throw new Broken(`it ended with ${code ?? 'a signal'}, not 1:\n${stdout}`);
    for (const text of [
      `${stage.cluster}: phase-1 to phase-2. Make this step?`,
      `${stage.cluster}: phase-2 to phase-3. Make this step?`,
      '1 of 2 steps have passed',
      'you said no',
    ]) {
      if (!stdout.includes(text)) throw new Broken(`it does not say "${text}":\n${stdout}`);
    }
    const steps = await branch.steps();
    if (steps.join() !== 'phase-1..phase-2') throw new Broken(`the branch has the steps ${steps.join(', ')}`);
    await leaseIsFree(stage);
    await isAt(stage, 'phase-2');
    await aia.mustEndWith(0, 'rollout', '--to', 'phase-1', '--cluster', stage.cluster, '--yes');
    await isAt(stage, 'phase-1');
  },
};
