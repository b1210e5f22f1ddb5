import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { arenaOf, type Group } from '../capacity/arena';
import { seeded, shuffled } from '../capacity/random';
import { answerAt, podsOf, wantedAt } from '../capacity/scale-answer';
import type { KubeObject } from '../model/kube-object';
import type { Cluster } from '../model/platform/cluster';
import { clusterNodes } from '../model/platform/cluster-nodes';
import type { PhaseId } from '../model/platform/phase';
import type { Platform } from '../model/platform/platform';
import type { ScaleName } from '../model/scales';
import { renderPlatform } from '../phases/render';
import { platform } from '../platform/platform';
import { startCluster, type Version } from './cluster';
import type { Kubectl } from './kubectl';
import { nodeManifests } from './nodes';
import { Broken, CannotRun } from './problem';
import { detail, heading, scenario, summary } from './report';
import { daemonPods, podOf } from './scheduler-pods';

/** Places the pods of `aia capacity` with the real scheduler, and holds what it does against what the tool says. */
const CLUSTER = 'europe-west4';
const RUNS = 5;

interface Case {
  readonly phase: PhaseId;
  readonly scale: ScaleName;
  /** Replicas of ML inference above the data's maximum. */
  readonly more: number;
}

/** By the phases whose nodes are the same: those of the first are made. */
const CASES: readonly (readonly Case[])[] = [
  [
    { phase: 'phase-1', scale: 'minimum', more: 0 },
    { phase: 'phase-1', scale: 'maximum', more: 0 },
    { phase: 'phase-2', scale: 'minimum', more: 0 },
    { phase: 'phase-2', scale: 'expected', more: 0 },
    // All pods at once have no placement here: the batch must wait.
    { phase: 'phase-2', scale: 'maximum', more: 0 },
    { phase: 'phase-2', scale: 'maximum', more: 2 },
  ],
  [
    { phase: 'phase-3', scale: 'minimum', more: 0 },
    { phase: 'phase-3', scale: 'expected', more: 0 },
    { phase: 'phase-3', scale: 'maximum', more: 0 },
    { phase: 'phase-3', scale: 'maximum', more: 4 },
  ],
];

async function main(version: Version): Promise<number> {
  heading(`capacity of ${CLUSTER} on ${version}, against the real scheduler`);
  for (const cases of CASES) {
    const nodes = nodeManifests(platform, cellCluster(platform), cases[0]?.phase ?? 'phase-1');
    const opened = await startCluster(version, nodes, false, []);
    try {
      for (const one of cases) {
        const more = one.more === 0 ? '' : `, ML maximum ${one.more} higher`;
        await scenario(`${one.phase} at the ${one.scale}${more}`, () => play(opened.kubectl, one));
      }
    } finally {
      opened.stop();
    }
  }
  return summary();
}

async function play(kubectl: Kubectl, { phase, scale, more }: Case): Promise<void> {
  const data = withMore(platform, more);
  const cell = renderPlatform(data).cells.find((one) => one.phase === phase && one.cluster.name === CLUSTER);
  if (!cell) throw new CannotRun(`${CLUSTER} has no ${phase}`, 'render it first');
  const objects = cell.objects.map(({ object }) => object);
  const nodes = clusterNodes(data, cell.cluster, phase);
  const arena = arenaOf(objects, nodes);
  const { placement, orders } = answerAt(arena, scale, 100);
  const allFit = placement.answer === 'exists' && placement.waiting.length === 0;
  const never = allFit && orders.stranding === 0 && orders.waiting === 0;
  detail(
    `aia capacity: ${allFit ? `a placement exists, ${orders.stranding} of 100 orders strand a pod` : 'no placement for all'}`,
  );
  await kubectl.apply(asList(objects.filter(({ kind }) => kind === 'PriorityClass')));
  // Run 0 brings the largest pods first, the others an order of their own each.
  for (let run = 0; run <= RUNS; run++) {
    const namespace = `capacity-${phase}-${scale}-${more}-${run}`;
    const all = podsOf(arena, wantedAt(arena, scale));
    const groups = run === 0 ? [...all].sort(largestFirst) : shuffled(all, seeded(run));
    const pods = groups.map((group, at) => podOf(group, arena, `pod-${at}`, namespace));
    const pending = await place(kubectl, namespace, daemonPods(nodes, namespace), pods);
    const left = pending.flatMap((name) => groups[Number(name.slice('pod-'.length))] ?? []);
    const owners = left.map(({ owner }) => owner);
    detail(
      `run ${run}: ${pods.length} pods, ${owners.length === 0 ? 'none Pending' : `Pending: ${owners.join(', ')}`}`,
    );
    await kubectl.run('delete', 'namespace', namespace, '--wait=true');
    if (never && owners.length > 0) throw new Broken('the tool says that no order strands a pod');
    if (!allFit && owners.length === 0) throw new Broken('the tool says that there is no placement');
    if (placement.answer === 'impossible' && left.every(({ mayWait }) => mayWait))
      throw new Broken('the tool says that a pod which must run has no place');
  }
}

/** By CPU, which binds here. */
function largestFirst(left: Group, right: Group): number {
  return (right.needs[0] ?? 0) - (left.needs[0] ?? 0);
}

/** Creates the pods in their order and waits until the scheduler has decided on all of them. */
async function place(
  kubectl: Kubectl,
  namespace: string,
  daemons: readonly KubeObject[],
  pods: readonly KubeObject[],
): Promise<string[]> {
  await kubectl.run('create', 'namespace', namespace);
  while ((await kubectl.find(namespace, 'serviceaccount', 'default')) === undefined) await sleep(200);
  await kubectl.apply(asList(daemons), '--server-side');
  await kubectl.apply(asList(pods), '--server-side');
  let last = '';
  let same = 0;
  for (;;) {
    await sleep(1000);
    const live = new Map((await kubectl.list(namespace, 'pods')).map((pod) => [pod.metadata.name, pod]));
    // Whoever was pushed off comes again, as its owner would see to.
    const gone = pods.filter(({ metadata }) => !live.has(metadata.name));
    if (gone.length > 0) await kubectl.apply(asList(gone), '--server-side');
    const open = pods.map(({ metadata }) => metadata.name).filter((name) => !isBound(live.get(name)));
    same = open.join() === last && gone.length === 0 ? same + 1 : 0;
    last = open.join();
    if (open.length === 0 || same >= 6) return open;
  }
}

function isBound(pod: KubeObject | undefined): boolean {
  return (pod?.spec as { nodeName?: string } | undefined)?.nodeName !== undefined;
}

function asList(items: readonly KubeObject[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

function cellCluster(data: Platform): Cluster {
  const cluster = data.clusters[CLUSTER];
  if (cluster === undefined) throw new CannotRun(`there is no cluster ${CLUSTER}`, 'see platform/clusters.ts');
  return { ...cluster, name: CLUSTER };
}

/** The platform with a higher maximum of ML inference. */
function withMore(data: Platform, more: number): Platform {
  const name = 'ml-inference-service';
  const ml = data.workloads[name];
  const scaling = ml?.kind === 'Deployment' ? ml.autoscaling?.['phase-2'] : undefined;
  if (ml?.kind !== 'Deployment' || scaling === undefined) return data;
  const autoscaling = { ...ml.autoscaling, 'phase-2': { ...scaling, maxReplicas: scaling.maxReplicas + more } };
  return { ...data, workloads: { ...data.workloads, [name]: { ...ml, autoscaling } } };
}

const program = new Command('e2e:scheduler')
  .description('What aia capacity says, against the real scheduler')
  .option('--version <name>', 'control plane: floor (Kubernetes 1.28) or current', 'current');
const { version } = program.parse().opts<{ version: Version }>();

main(version).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof CannotRun ? error.message : error);
    process.exit(2);
  },
);
