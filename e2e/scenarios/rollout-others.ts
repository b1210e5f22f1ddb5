import { run } from '../command';
import { Broken } from '../problem';
import { Aia, hurryGates } from '../rollout';
import { BranchWatch, isAt, leaseIsFree, leaseIsHeld } from '../rollout-state';
import type { Scenario, Stage } from '../stage';

/** What others do at the same time must neither harm a rollout nor be harmed by it. */
export const amongOthers: Scenario = {
  name: 'rollout among others: a second one is told who is there, a branch that has moved and a dirty work tree do no harm',
  play: async (stage) => {
    hurryGates(stage, 5);
    await stage.argocd.settle('gates in a hurry', await stage.fork.renderAndPush('Gates in a hurry'));
    const aia = await Aia.asAccount(stage);
    await twoAtOnce(stage, aia);
    await movedBranch(stage, aia);
  },
};

/** The second is refused while the first goes on, in a folder with changes that nobody has committed. */
async function twoAtOnce(stage: Stage, aia: Aia): Promise<void> {
  const { fork } = stage;
  const branch = await BranchWatch.begin(stage, 'phase-1');
  fork.edit('platform/gates.ts', /dwellSeconds: \d+/g, 'dwellSeconds: 86400');
  fork.write('dist/phase-2/half-edited.yaml', 'kind: Nothing\n');
  const first = aia.mustEndWith(0, 'rollout', '--to', 'phase-2', '--yes', '--now');
  const second = leaseIsHeld(stage).then(() => aia.mustEndWith(2, 'rollout', '--to', 'phase-2', '--yes', '--now'));
  const [, refused] = await Promise.all([first, second]);
  for (const text of ['another rollout holds the Lease aia-rollout-', ', process ']) {
    if (!refused.stderr.includes(text)) throw new Broken(`the second does not say "${text}":\n${refused.stderr}`);
  }
  await fork.discardChanges();
  const steps = await branch.steps();
  if (steps.join() !== 'phase-1..phase-2') throw new Broken(`the branch has the steps ${steps.join(', ')}`);
  await leaseIsFree(stage);
  await isAt(stage, 'phase-2');
}

/** Somebody pushes while the rollout's own commit is made: it is made again from theirs. */
async function movedBranch(stage: Stage, aia: Aia): Promise<void> {
  const { fork, cluster } = stage;
  const before = await fork.pull();
  const { code, writes, stderr } = await aia.watch(
    {
      at: { moment: 'before', name: 'git push' },
      meanwhile: async () => {
        fork.edit('platform/clusters.ts', /pods: 80/, 'pods: 81');
        await fork.renderAndPush('Somebody else');
      },
    },
    ...['rollout', '--to', 'phase-1', '--cluster', cluster, '--yes'],
  );
  if (code !== 0) throw new Broken(`the rollout ended with ${code ?? 'a signal'}:\n${stderr}`);
  const pushes = writes.filter((name) => name === 'git push').length;
  if (pushes !== 2) throw new Broken(`it pushed ${pushes} times, not again after it was refused`);
  await fork.pull();
  const [theirs, ours, ...more] = await fork.commitsSince(before);
  if (theirs?.message.includes('Somebody else') !== true || ours?.message.includes('phase-2..phase-1') !== true)
    throw new Broken('the branch does not have both commits, theirs first');
  if (more.length > 0) throw new Broken(`the branch has ${more.length} commits more`);
  // The step is what the newer data renders, not what was rendered before.
  await run(process.execPath, ['bin/aia.mjs', 'synth', '--check'], { cwd: fork.clone });
  await isAt(stage, 'phase-1');
}
