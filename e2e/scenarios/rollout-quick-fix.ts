import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { handMadeManagers } from '../../rollout/adopt/incompatible';
import { run } from '../command';
import { PodSampler } from '../pod-sampler';
import { Broken } from '../problem';
import { detail } from '../report';
import { Aia, hurryGates, type Ended } from '../rollout';
import { HAND_MADE, makeSick } from '../sick-cluster';
import type { Scenario, Stage } from '../stage';
import { everyPodRuns, notificationsAreThere } from './bootstrap';
import { promisedMinimum } from './promised';

/** A service that is well before: its users must not notice. */
const WELL = 'api';

/** Option A of the strategy, on a cluster as it found it, with nothing but the commands that aia prints. */
export const quickFix: Scenario = {
  name: 'quick fix: a cluster made by hand, three services sick, is adopted and stabilized behind the 85 % gate',
  alone: { bootstrapped: false },
  play: async (stage) => {
    hurryGates(stage, 3);
    await stage.fork.renderAndPush('Gates in a hurry');
    await makeSick(stage);
    await notificationsAreThere(stage);
    const aia = await Aia.asAccount(stage);

    const before = await aia.mustEndWith(1, 'preflight');
    says(before, 'its selector is app=api', 'its containers app are not in Git', 'does not say which cluster it is');
    says(before, 'ml-inference-service: 0 of 3 available', 'CrashLoopBackOff', 'ImagePullBackOff');
    says(before, 'no application aia-root');
    await refusedAsItIs(aia);

    const sampler = await PodSampler.start(stage.kubectl, stage.namespace);
    try {
      await follow(stage, await aia.mustEndWith(0, 'adopt', '--commands', 'before'));
      says(await aia.mustEndWith(0, 'rollout', '--quick-fix', '--yes'), 'the gate has passed');
      await everyPodRuns(stage);
      await follow(stage, await aia.mustEndWith(0, 'adopt', '--commands', 'after'));
      says(await aia.mustEndWith(0, 'rollout', '--quick-fix', '--yes'), 'the gate has passed');
    } finally {
      await sampler.stop();
      await stage.kubectl.run('delete', 'configmap', 'faults', '-n', 'kube-system', '--ignore-not-found');
    }
    const promised = promisedMinimum(stage, ['phase-1']).get(WELL)?.available ?? 0;
    const fewest = sampler.fewest(WELL);
    if (fewest < promised) throw new Broken(`${WELL} had ${fewest} ready pods, promised are ${promised}`);
    detail(`${WELL} never had fewer than ${fewest} ready pods, in ${sampler.samples} looks`);
    await nothingOfHandsIsLeft(stage);
    says(await aia.mustEndWith(0, 'preflight'), '0 problems');
    says(await aia.mustEndWith(0, 'status'), '100 % (19 of 19)');
  },
};

/** A rollout does not begin where preflight has found a problem. */
async function refusedAsItIs(aia: Aia): Promise<void> {
  const { stderr } = await aia.mustEndWith(2, 'rollout', '--quick-fix', '--yes');
  if (!stderr.includes('is not ready for phase-1')) throw new Broken(`it does not say why it refuses:\n${stderr}`);
}

/** Does what `aia adopt` says, as a person with a shell and more rights than aia has. */
async function follow({ fork, kubectl }: Stage, { stdout }: Ended): Promise<void> {
  detail(`following ${stdout.split('\n').filter((line) => line.startsWith('kubectl')).length} commands`);
  const home = mkdtempSync(path.join(os.tmpdir(), 'aia-e2e-home-'));
  try {
    const env = { KUBECONFIG: kubectl.kubeconfig, HOME: home };
    // With a socket for its input bash may take itself for a remote login, and read files that are not meant for scripts.
    await run('bash', ['--norc', '-euo', 'pipefail', '-c', stdout], { cwd: fork.clone, env });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function nothingOfHandsIsLeft({ kubectl, namespace }: Stage): Promise<void> {
  for (const { name } of HAND_MADE) {
    const text = await kubectl.run('get', 'deployment', name, '-n', namespace, '-o', 'json', '--show-managed-fields');
    const object = JSON.parse(text) as Parameters<typeof handMadeManagers>[0];
    const managers = handMadeManagers(object);
    if (managers.length > 0) throw new Broken(`${name} still belongs to ${managers.join(', ')}`);
    for (const trace of ['restartedAt', 'DEBUG', ':old']) {
      if (JSON.stringify(object.spec).includes(trace)) throw new Broken(`${name} still has ${trace}`);
    }
  }
}

/** @throws Broken where the output lacks one of the texts. */
function says({ stdout }: Ended, ...texts: readonly string[]): void {
  for (const text of texts) if (!stdout.includes(text)) throw new Broken(`aia does not say "${text}":\n${stdout}`);
}
