import { detail } from '../report';
import { Aia, hurryGates } from '../rollout';
import { BranchWatch } from '../rollout-state';
import { KillWalk, type Course } from '../rollout-walk';
import type { Scenario, Stage } from '../stage';
import { breakRevision, mendRevision, pauseBeforeAvailable } from './broken-revision';

/**
 * kill -9 of `aia rollout` before and after each of its writes, and the same command again. First of steps that pass their
 * gates, up and down in turn, so that nothing has to be put back; then of one that fails and is taken back.
 */
export const killedAnywhere: Scenario = {
  name: 'rollout killed by SIGKILL before and after each of its writes: a second run ends it, each step is made once',
  isLong: true,
  play: async (stage) => {
    await hurry(stage, 5);
    const aia = await Aia.asAccount(stage);
    await thatPass(stage, aia);
    if (stage.own) {
      detail('not played: a step that fails needs the faults of the test cluster');
      return;
    }
    pauseBeforeAvailable(stage);
    await hurry(stage, 0.5);
    await thatIsTakenBack(stage, aia);
  },
};

async function thatPass(stage: Stage, aia: Aia): Promise<void> {
  const up: Course = { from: 'phase-1', to: 'phase-2', code: 0, steps: ['phase-1..phase-2'], end: 'phase-2' };
  const down: Course = { from: 'phase-2', to: 'phase-1', code: 0, steps: ['phase-2..phase-1'], end: 'phase-1' };
  const walk = new KillWalk(stage, aia, await BranchWatch.begin(stage, 'phase-1'));
  await walk.discover(up);
  await walk.discover(down);
  await walk.walk([up, down]);
  if (walk.at === 'phase-2') await walk.discover(down);
}

async function thatIsTakenBack(stage: Stage, aia: Aia): Promise<void> {
  const course: Course = {
    ...{ from: 'phase-1', to: 'phase-2', code: 1 },
    ...{ steps: ['phase-1..phase-2', 'back-out'], end: 'phase-1' },
  };
  const walk = new KillWalk(stage, aia, await BranchWatch.begin(stage, 'phase-1'));
  await breakRevision(stage, 'phase-2');
  await walk.discover(course);
  await walk.walk([course]);
  await mendRevision(stage);
}

async function hurry(stage: Stage, deadlineMinutes: number): Promise<void> {
  hurryGates(stage, deadlineMinutes);
  await stage.argocd.settle('gates in a hurry', await stage.fork.renderAndPush('Gates in a hurry'));
}
