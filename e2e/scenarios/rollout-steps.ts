import { Broken } from '../problem';
import { detail } from '../report';
import { Aia, hurryGates } from '../rollout';
import { holdToPromise, Sampler } from '../sampler';
import type { Scenario, Stage } from '../stage';
import { BROKEN, breakRevision, mendRevision, pauseBeforeAvailable } from './broken-revision';
import { promisedMinimum } from './promised';

/** A step that can't succeed, since the new version is broken and nobody mends it. */
export const rolloutThatFails: Scenario = {
  name: 'rollout to a phase 2 that never becomes ready: the gate fails, the commit is reverted, all is healthy again',
  alone: { bootstrapped: true },
  play: (stage) =>
    withSampler(stage, async () => {
      hurryGates(stage, 1);
      pauseBeforeAvailable(stage);
      const before = await stage.fork.renderAndPush('Gates in a hurry');
      await stage.argocd.settle('gates in a hurry', before);
      const aia = await Aia.asAccount(stage);
      await breakRevision(stage, 'phase-2');
      const { stdout } = await aia.mustEndWith(1, 'rollout', '--to', 'phase-2', '--yes', '--now');
      for (const text of ['NOT passed', BROKEN, 'CrashLoopBackOff', 'docs/runbooks/crash-loop.md', 'healthy again']) {
        if (!stdout.includes(text)) throw new Broken(`aia does not say "${text}":\n${stdout}`);
      }
      detail(stdout.split('\n')[0] ?? '');
      await isHistory(stage, 'Aia-Step: back-out', 'Aia-Step: phase-1..phase-2');
      await stage.argocd.settle('back at phase 1', await stage.fork.pull());
      await mendRevision(stage);
    }),
};

/** The same step with nothing wrong, and the way back by the same command. */
export const rolloutThatPasses: Scenario = {
  name: 'rollout 1 to 2 behind its gate, and back: both pass, no workload below its promised minimum',
  play: (stage) =>
    withSampler(stage, async () => {
      hurryGates(stage, 5);
      await stage.fork.renderAndPush('Gates in a hurry');
      const aia = await Aia.asAccount(stage);
      const dry = await aia.mustEndWith(0, 'rollout', '--to', 'phase-2', '--dry-run');
      if (!/restarts +(Deployment aia\/)?api/.test(dry.stdout))
        throw new Broken(`the dry run does not say what restarts:\n${dry.stdout}`);
      if ((await stage.fork.messages(1)).includes('Aia-Step')) throw new Broken('the dry run has committed');
      await aia.mustEndWith(0, 'rollout', '--to', 'phase-2', '--yes', '--now');
      await aia.mustEndWith(0, 'rollout', '--to', 'phase-1', '--yes');
      await stage.argocd.settle('phase 1 again', await stage.fork.pull());
    }),
};

async function withSampler(stage: Stage, body: () => Promise<void>): Promise<void> {
  const sampler = await Sampler.start(stage.kubectl, stage.namespace);
  try {
    await body();
  } finally {
    await sampler.stop();
  }
  detail(`replicas were looked at ${sampler.samples} times`);
  holdToPromise(sampler.fewest, promisedMinimum(stage, ['phase-1', 'phase-2']));
}

async function isHistory({ fork }: Stage, ...texts: readonly string[]): Promise<void> {
  await fork.pull();
  const messages = await fork.messages(3);
  for (const text of texts) if (!messages.includes(text)) throw new Broken(`no commit says "${text}":\n${messages}`);
}
