import { detail } from '../report';
import { Aia, hurryGates } from '../rollout';
import { BranchWatch } from '../rollout-state';
import { KillChain, type Course } from '../rollout-walk';
import { holdToPromise, Sampler } from '../sampler';
import type { Scenario, Stage } from '../stage';
import { breakRevision, mendRevision, pauseBeforeAvailable } from './broken-revision';
import { promisedMinimum } from './promised';

const UP: Course = { from: 'phase-1', to: 'phase-2', code: 0, steps: ['phase-1..phase-2'], end: 'phase-2' };
const DOWN: Course = { from: 'phase-2', to: 'phase-1', code: 0, steps: ['phase-2..phase-1'], end: 'phase-1' };
const BACK: Course = {
  ...{ from: 'phase-1', to: 'phase-2', code: 1 },
  ...{ steps: ['phase-1..phase-2', 'back-out'], end: 'phase-1' },
};

/** What every walk must come to; names of applications and of the Lease are the cluster's. */
const EVERY_STEP = ['git commit', 'git push', 'leases', '-root (refresh)', '(release)'];
const LAYERS = ['platform', 'policy', 'workloads'];

/**
 * kill -9 of `aia rollout` at each of its writes, and the same command again: up, down, and a step that fails and is taken
 * back. Every other run kills after the writes instead of before them.
 */
export const killedAnywhere: Scenario = {
  name: 'rollout killed by SIGKILL at each of its writes: the same command ends it, each step is made once',
  isLong: true,
  // With both control planes ten in a row.
  timesInFull: 5,
  play: async (stage) => {
    const moment = stage.run % 2 === 1 ? 'before' : 'after';
    pauseBeforeAvailable(stage);
    await hurry(stage, 5);
    const aia = await Aia.asAccount(stage);
    const chain = new KillChain(stage, aia, await BranchWatch.begin(stage, 'phase-1'), moment);
    const sampler = await Sampler.start(stage.kubectl, stage.namespace);
    const start = Date.now();
    try {
      const layers = LAYERS.map((layer) => `${stage.argocd.layer(layer)} (refresh)`);
      await chain.removeLease();
      const made = await chain.walk(UP, [...EVERY_STEP, 'POST', ...layers]);
      // Argo CD is told to look by the same code each time: which application comes next is walked once.
      const told = [...layers.map((name) => `PATCH applications/${name}`), '(refresh) again'];
      const known = ['1', '2'].flatMap((pushes) => told.map((name) => `${pushes} ${name}`));
      await chain.walk(DOWN, EVERY_STEP, known);
      if (stage.own) detail('not played: a step that fails needs the faults of the test cluster');
      else await takenBack(stage, aia, moment, [...made, ...known]);
    } finally {
      await sampler.stop();
    }
    detail(`walked in ${((Date.now() - start) / 1000).toFixed(0)} s; replicas were looked at ${sampler.samples} times`);
    holdToPromise(sampler.fewest, promisedMinimum(stage, ['phase-1', 'phase-2']));
  },
};

/** Up to the gate nobody can know that it will fail: the states up to there have been walked. */
async function takenBack(stage: Stage, aia: Aia, moment: 'before' | 'after', made: readonly string[]): Promise<void> {
  await hurry(stage, 0.3);
  const chain = new KillChain(stage, aia, await BranchWatch.begin(stage, 'phase-1'), moment);
  await breakRevision(stage, 'phase-2');
  const known = [...new Set(made)].filter((place) => !place.endsWith('(release)'));
  await chain.walk(BACK, ['1 git commit', '1 git push', ...['2 PUT', '(release)'], '-root (refresh)'], known);
  await mendRevision(stage);
}

async function hurry(stage: Stage, deadlineMinutes: number): Promise<void> {
  hurryGates(stage, deadlineMinutes);
  await stage.argocd.settle('gates in a hurry', await stage.fork.renderAndPush('Gates in a hurry'));
}
