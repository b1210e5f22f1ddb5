import { KubeConfig } from '@kubernetes/client-node';
import { carryOut } from '../cli/carry-out';
import { TerminalProgress } from '../cli/progress';
import type { Cluster } from '../model/platform/cluster';
import { readPins } from '../model/platform/pins';
import type { Platform } from '../model/platform/platform';
import type { Clock } from '../rollout/clock';
import { LiveCluster } from '../rollout/cluster/live-cluster';
import { BranchClone } from '../rollout/git/branch-clone';
import { PINS } from '../rollout/git/publish-step';
import { CannotRollOut } from '../rollout/problem';
import { planSteps } from '../rollout/steps/plan';
import { fakeTools } from './remote-repository';
import { tinyPlatform } from './tiny-platform';

/*
 * `aia rollout --to PHASE --cluster west` as a program of its own, for a test that kills it: the real steps on real Git
 * and HTTP, a small platform, and time that passes faster. Arguments: address of the API server, of the remote, of a
 * folder with packages, the phase, and the minutes until a gate's deadline.
 */

const PHASES = ['phase-1', 'phase-2', 'phase-3'] as const;
const SPEED = 20;

const begin = Date.now();
const quickClock: Clock = {
  now: () => begin + (Date.now() - begin) * SPEED,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms / SPEED)),
};

const { den } = tinyPlatform.clusters;
if (den === undefined) throw new Error('the tiny platform has no den');
const cluster: Cluster = { ...den, name: 'west' };
const platform = (deadlineMinutes: number): Platform => ({
  ...tinyPlatform,
  settings: { ...tinyPlatform.settings, namespace: 'aia', argocdNamespace: 'argocd' },
  clusters: { west: den, east: den },
  gates: {
    ...tinyPlatform.gates,
    phases: Object.fromEntries(
      PHASES.map((id) => [id, { ...tinyPlatform.gates.phases[id], deadlineMinutes }]),
    ) as Platform['gates']['phases'],
    // On a busy machine a minute of this clock is soon over.
    backOutMinutes: 60,
  },
});

async function main(args: readonly string[]): Promise<number> {
  const [server = '', url = '', packages = '', target = '', minutes = '60'] = args;
  const data = platform(Number(minutes));
  const config = new KubeConfig();
  config.loadFromClusterAndUser({ name: 'stub', server, skipTLSVerify: true }, { name: 'stub' });
  const live = LiveCluster.connect(undefined, { seconds: 0 }, config);
  const clone = await BranchClone.open({ url, branch: 'main' }, packages);
  process.on('exit', () => {
    clone.remove();
  });
  const pins = readPins(clone.read(PINS), data, PHASES);
  const phase = PHASES.find((id) => id === target) ?? 'phase-3';
  const steps = planSteps(cluster, pins.get('west') ?? 'none', phase, PHASES);
  const session = {
    clone,
    tools: fakeTools(),
    platform: data,
    pins,
    rendered: PHASES,
    progress: new TerminalProgress(),
  };
  return carryOut(session, { platform: data, cluster }, live, steps, { via: 'push' }, quickClock);
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof CannotRollOut ? error.message : error);
    process.exit(2);
  },
);
