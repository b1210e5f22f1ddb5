import path from 'node:path';
import { platform } from '../../platform/platform';
import { createPools, nodesOf } from '../pools';
import { Broken } from '../problem';
import { detail } from '../report';
import { holdToPromise, Sampler, type Fewest } from '../sampler';
import { Recorder, SCRAPE_SECONDS } from '../series/recorder';
import { groupsIn, RuleTest } from '../series/rule-test';
import type { Scenario, Stage } from '../stage';
import { requireTools } from '../tools';
import { atPhase3, everyPodHasAPlace, podsLeft } from './phase-3';
import { budgetMinimum } from './promised';

/** Something that goes wrong, what heals, and the alert that belongs to it. */
interface Event {
  readonly what: string;
  readonly alert: string;
  readonly cause: () => Promise<void>;
  /** Until what must come back by itself has; the cause goes on, unless nothing else could end it. */
  readonly healed: () => Promise<void>;
  /** Takes the cause away. */
  readonly undo: () => Promise<void>;
  /** The fewest replicas that each workload keeps meanwhile. */
  readonly keeps: ReadonlyMap<string, Fewest>;
}

/** Scrapes before an event, in which no alert may fire. */
const CALM_SCRAPES = 4;

/** Within so many scrapes after its cause an alert must fire: a quarter of an hour. */
const ALERT_SCRAPES = 30;

/** Alerts that are about what is lost here: none of them may fire while all is well. */
const WATCHED = ['CrashLooping', 'NodeLost', 'ZoneLost', 'DeploymentHealthLow', 'PodsWithoutNode', 'RolloutStuck'];

/**
 * Phase 3 loses a pod to a crash loop, then a node, then a zone. Each ends with full health, and none takes more replicas than
 * the budgets let go; a zone may take all but one. promtool says of the series that the cluster produced meanwhile whether the
 * alert would have fired: not before, and then. It takes real minutes, since alerts wait for some: nothing is stretched.
 */
export const autoHealing: Scenario = {
  name: 'auto-healing: a crash loop, a lost node and a lost zone end with full health, and each has its alert',
  isLong: true,
  play: async (stage) => {
    const { cluster, fork } = stage;
    const data = platform.clusters[cluster];
    if (data?.role !== 'full') {
      detail('not played: only a full region has the pools of phase 3');
      return;
    }
    if (stage.own) {
      detail('not played: only the test cluster can make a pod fail');
      return;
    }
    requireTools(['promtool']);
    const rules = new RuleTest(groupsIn(path.join(fork.clone, 'dist/phase-3', cluster)));
    for (const alert of WATCHED) rules.requireAlert(alert);
    await atPhase3(stage, { ...data, name: cluster }, async () => {
      for (const event of events(stage)) await play(stage, rules, event);
    });
  },
};

function events(stage: Stage): Event[] {
  const { kubectl, namespace } = stage;
  const nodes = nodesOf(stage, 'phase-3');
  const budgets = budgetMinimum(stage, 'phase-3');
  // Of a zone the platform promises less than of a node: that every service goes on.
  const onePodEach = new Map([...budgets].map(([name, { wanted }]) => [name, { wanted, available: 1 }]));
  const lost = (names: readonly string[]): Pick<Event, 'cause' | 'healed' | 'undo'> => ({
    cause: async () => {
      for (const name of names) await kubectl.run('delete', 'node', name, '--wait=false');
    },
    healed: async () => {
      await podsLeft(stage, names);
      await everyPodHasAPlace(stage, 'on the nodes that are left');
    },
    undo: () => createPools(stage, 'phase-3'),
  });
  const [node] = nodes.filter(({ pool }) => pool === 'core');
  const zone = node?.zone ?? '';
  return [
    {
      what: 'a pod that crashes at every start',
      alert: 'CrashLooping',
      cause: async () => {
        const pods = await kubectl.list(namespace, 'pods');
        const pod = pods.find(({ metadata }) => metadata.name.startsWith('ml-inference-service-'));
        if (pod === undefined) throw new Broken('there is no pod of ml-inference-service');
        const fault = `--from-literal=${namespace}.${pod.metadata.name}=CrashLoopBackOff`;
        await kubectl.run('create', 'configmap', 'faults', '-n', 'kube-system', fault);
      },
      // The kubelet goes on restarting it, and nothing but the end of the fault makes that succeed.
      healed: async () => {
        await kubectl.run('delete', 'configmap', 'faults', '-n', 'kube-system', '--ignore-not-found');
        await everyPodHasAPlace(stage, 'the fault is gone');
      },
      undo: async () => {
        await kubectl.run('delete', 'configmap', 'faults', '-n', 'kube-system', '--ignore-not-found');
      },
      keeps: budgets,
    },
    { what: `node ${node?.name ?? ''}`, alert: 'NodeLost', ...lost([node?.name ?? '']), keeps: budgets },
    {
      what: `zone ${zone}`,
      alert: 'ZoneLost',
      ...lost(nodes.filter((entry) => entry.zone === zone).map(({ name }) => name)),
      keeps: onePodEach,
    },
  ];
}

async function play(stage: Stage, rules: RuleTest, event: Event): Promise<void> {
  const { kubectl, namespace } = stage;
  const recorder = await Recorder.start(kubectl, namespace);
  const sampler = await Sampler.start(kubectl, namespace);
  try {
    while (recorder.scrapes < CALM_SCRAPES) await recorder.scrape();
    const early = await rules.firing(recorder, recorder.scrapes - 1, WATCHED);
    if (early.length > 0) throw new Broken(`${early.join(', ')} would fire before ${event.what} is lost`);
    await event.cause();
    const begin = Date.now();
    await untilAlert(recorder, rules, event);
    const fired = minutesSince(begin);
    await event.healed();
    const healed = minutesSince(begin);
    await recorder.scrape();
    const others = await rules.firing(recorder, recorder.scrapes - 1, WATCHED);
    detail(`${event.what}: ${event.alert} fires after ${fired} min, full health was seen after ${healed} min`);
    detail(
      `at the end there fire: ${others.join(', ') || 'none'}; ${recorder.series.size} series, ${recorder.scrapes} scrapes`,
    );
  } finally {
    await event.undo();
    await sampler.stop();
    recorder.stop();
  }
  await everyPodHasAPlace(stage, 'all is as before');
  holdToPromise(sampler.fewest, event.keeps);
  detail(`replicas were looked at ${sampler.samples} times: none below what is promised${shortfall(stage, sampler)}`);
}

/** Where a zone takes more than a node may, it says so: that is promised to nobody, and good to know. */
function shortfall(stage: Stage, { fewest }: Sampler): string {
  const below = [...budgetMinimum(stage, 'phase-3')].flatMap(([name, { wanted, available }]) => {
    const seen = fewest.get(name)?.available ?? 0;
    return seen < available ? [`${name} had ${seen} of ${wanted}`] : [];
  });
  return below.length === 0 ? '' : `; less than after the loss of a node: ${below.join(', ')}`;
}

function minutesSince(moment: number): string {
  return ((Date.now() - moment) / 60_000).toFixed(1);
}

/** Records on until the alert fires. */
async function untilAlert(recorder: Recorder, rules: RuleTest, { alert, what }: Event): Promise<void> {
  const first = recorder.scrapes;
  while (recorder.scrapes < first + ALERT_SCRAPES) {
    await recorder.scrape();
    const [fires] = await rules.firing(recorder, recorder.scrapes - 1, [alert]);
    if (fires !== undefined) return;
  }
  throw new Broken(`${what} is lost for ${(ALERT_SCRAPES * SCRAPE_SECONDS) / 60} minutes, and ${alert} does not fire`);
}
