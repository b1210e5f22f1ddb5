import { Command } from 'commander';
import { platform } from '../platform/platform';
import { ArgoCd } from './argocd';
import { clear } from './clear';
import { openCluster, type TestCluster, type Version } from './cluster';
import { Fork } from './fork';
import type { Kubectl } from './kubectl';
import { nodeManifests } from './nodes';
import { CannotRun } from './problem';
import { heading, record, scenario, summary } from './report';
import { ALONE, OF_A_STANDBY, SCENARIOS, bootstrap, dryRun } from './scenarios';
import { isStandby } from './scenarios/takeover';
import type { Scenario, Stage } from './stage';
import { requireTools } from './tools';

interface Options {
  readonly versions: Version[];
  readonly cluster: string;
  readonly runs: number;
  readonly repeat: number;
  /** Parts of the names of the scenarios to play; none: all but the long ones. The bootstrap is played always. */
  readonly only: readonly string[];
  readonly keep: boolean;
  readonly full: boolean;
  readonly results?: string;
}

/** Which scenarios are played: those whose names contain one of these, or all, with or without the long ones. */
type Choice = readonly string[] | 'all' | 'with the long ones';

/** Whether a scenario is among those that the user wants. */
function isChosen({ name, isLong = false }: Scenario, choice: Choice): boolean {
  if (choice === 'all') return !isLong;
  return choice === 'with the long ones' || choice.some((part) => name.includes(part));
}

/** What is played on. */
interface Place {
  readonly version: Version;
  readonly cluster: string;
  /** Which of the runs that were asked for, from 1. */
  readonly run: number;
  /** How often each scenario is played. */
  readonly repeat: number;
  readonly keep: boolean;
}

/** Brings the platform up once and plays scenarios on it. */
async function play(place: Place, only: Choice): Promise<void> {
  if (![dryRun, bootstrap, ...SCENARIOS, ...OF_A_STANDBY].some((entry) => isChosen(entry, only))) return;
  await onCluster(place, async (stage) => {
    if (isChosen(dryRun, only)) await scenario(dryRun.name, () => dryRun.play(stage));
    // Nothing can be played on a platform that is not up.
    if (!(await scenario(bootstrap.name, () => bootstrap.play(stage)))) return;
    // The others go through the phases from the first one on.
    const all = stage.phase === 'phase-1' ? SCENARIOS : isStandby(place.cluster) ? OF_A_STANDBY : [];
    for (const entry of all.filter((one) => isChosen(one, only))) {
      await playTimes(only === 'with the long ones' ? (entry.timesInFull ?? 1) : place.repeat, entry, stage);
    }
  });
}

/** Plays a scenario again and again; after a failure nobody knows what the next would be played on. */
async function playTimes(times: number, { name, play: body }: Scenario, stage: Stage): Promise<void> {
  for (let time = 1; time <= times; time++) {
    const which = times === 1 ? name : `${name} (${time} of ${times})`;
    const passed = await scenario(which, () => body({ ...stage, run: stage.run + time - 1 }));
    if (!passed) return;
  }
}

/** Plays what needs a control plane of its own. */
async function playAlone(place: Place, only: Choice): Promise<void> {
  // Pods that fail are the test cluster's own doing.
  if (process.env.KUBECONFIG) return;
  for (const { name, play: body, alone } of ALONE.filter((entry) => isChosen(entry, only))) {
    await onCluster(place, async (stage) => {
      if (alone?.bootstrapped === true && !(await scenario(bootstrap.name, () => bootstrap.play(stage)))) return;
      await scenario(name, () => body(stage));
    });
  }
}

async function onCluster({ version, cluster, run, keep }: Place, body: (stage: Stage) => Promise<void>): Promise<void> {
  const data = platform.clusters[cluster];
  if (data === undefined)
    throw new CannotRun(`${cluster} is no cluster`, `one of ${Object.keys(platform.clusters).join(', ')}`);
  const nodes = nodeManifests(platform, { ...data, name: cluster }, data.since);
  const opened = await openCluster(version, nodes, keep);
  const fork = await Fork.create(cluster, data.since, await kubernetesMinor(opened.kubectl), gitHost(opened), keep);
  const { namespace } = platform.settings;
  const argocd = new ArgoCd(opened.kubectl, platform.settings, cluster);
  const stage: Stage = {
    kubectl: opened.kubectl,
    argocd,
    fork,
    cluster,
    own: opened.kind === 'own',
    namespace,
    phase: data.since,
    run,
  };
  try {
    await refuseUsedCluster(stage);
    await body(stage);
  } finally {
    if (!keep) {
      if (opened.kind === 'own') await clear(stage);
      opened.stop();
    }
  }
}

async function kubernetesMinor(kubectl: Kubectl): Promise<number> {
  const { serverVersion } = JSON.parse(await kubectl.run('version', '-o', 'json')) as {
    serverVersion: { minor: string };
  };
  return Number.parseInt(serverVersion.minor, 10);
}

/** Where Argo CD finds the bare repository: in a folder, or on this machine's address in the cluster's network. */
function gitHost({ kind }: TestCluster): string | undefined {
  if (kind === 'started') return undefined;
  const host = process.env.AIA_E2E_GIT_HOST ?? '';
  if (host !== '') return host;
  throw new CannotRun(
    'Argo CD on your cluster must reach a Git repository on this machine, and its address is not known',
    'set AIA_E2E_GIT_HOST to the address of this machine in the network of the cluster; for kind on Linux:\n' +
      "       docker network inspect kind -f '{{(index .IPAM.Config 0).Gateway}}'",
  );
}

async function refuseUsedCluster({ kubectl, namespace }: Stage): Promise<void> {
  if ((await kubectl.find(namespace, 'namespace', namespace)) === undefined) return;
  throw new CannotRun(
    `there is a namespace ${namespace} on the cluster already, and the tests delete it at the end`,
    `use another cluster, or delete what an earlier run with --keep has left: kubectl delete namespace ${namespace}`,
  );
}

async function main(options: Options): Promise<number> {
  requireTools(['git']);
  for (const version of options.versions) {
    for (let number = 1; number <= options.runs; number++) {
      const which = process.env.KUBECONFIG ? 'the cluster of KUBECONFIG' : version;
      heading(`${options.cluster} on ${which}${options.runs > 1 ? `, run ${number} of ${options.runs}` : ''}`);
      const choice = options.only.length > 0 ? options.only : 'all';
      const place = { version, cluster: options.cluster, run: number, repeat: options.repeat, keep: options.keep };
      await record(options.results, place);
      await play(place, choice);
      if (number === 1) await playAlone(place, choice);
    }
  }
  return summary();
}

async function full(options: Options): Promise<number> {
  for (const version of ['floor', 'current'] as const) {
    heading(`europe-west4 on ${version}`);
    const place = { version, cluster: 'europe-west4', run: 1, repeat: 1, keep: false };
    await record(options.results, place);
    await play(place, 'with the long ones');
    await playAlone(place, 'with the long ones');
  }
  heading('local on current');
  const laptop: Place = { version: 'current', cluster: 'local', run: 1, repeat: 1, keep: false };
  await record(options.results, laptop);
  await play(laptop, ['bootstrap']);
  return main({
    ...options,
    versions: ['current'],
    cluster: 'europe-west4',
    runs: 20,
    only: ['bootstrap'],
    keep: false,
  });
}

const program = new Command('e2e')
  .description('The platform under Argo CD on a real API server')
  .option('--versions <names...>', 'control planes: floor (Kubernetes 1.28), current', ['current'])
  .option('--cluster <name>', 'which cluster of platform/clusters.ts', 'europe-west4')
  .option('--runs <number>', 'how often, each on a fresh control plane', Number, 1)
  .option('--repeat <number>', 'how often each scenario but the bootstrap, on the same control plane', Number, 1)
  .option('--only <texts...>', 'the bootstrap, and the scenarios whose names contain one of these', [])
  .option('--results <file>', 'append how each scenario ended: a line of JSON with time, commit, cluster and seconds')
  .option('--keep', 'leave everything running at the end', false)
  .option(
    '--full',
    'both control planes with the long scenarios, the local cluster, and twenty runs of the bootstrap',
    false,
  );
const options = program.parse().opts<Options>();

(options.full ? full(options) : main(options)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof CannotRun ? error.message : error);
    process.exit(2);
  },
);
