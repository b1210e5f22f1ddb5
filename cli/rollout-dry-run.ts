import { describeObject, identityOf, type KubeObject } from '../model/kube-object';
import type { Gate } from '../model/platform/gate';
import type { Cell } from '../phases/render';
import { restartsBetween } from '../phases/restarts';
import { desiredObjects } from '../rollout/cluster/desired';
import type { LiveCluster } from '../rollout/cluster/live-cluster';
import type { Site } from '../rollout/cluster/site';
import { percent } from '../rollout/gates/verdict';
import { commitStep } from '../rollout/git/publish-step';
import { rolloutId } from '../rollout/git/trailers';
import { blocks, checksAfterNodes, preflight } from '../rollout/preflight/run';
import { preflightText } from '../rollout/preflight/text';
import { isPromotion, type PlannedStep } from '../rollout/steps/plan';
import { closedWindow } from '../rollout/steps/window';
import { EXIT } from './exit-code';
import { situationOf, type Session } from './rollout-session';

/** Shows everything that a rollout would do, in the clone only; returns the exit code. */
export async function dryRun(
  session: Session,
  site: Site,
  live: LiveCluster,
  steps: readonly PlannedStep[],
): Promise<number> {
  const { clone, tools } = session;
  let blocked = false;
  for (const [index, step] of steps.entries()) {
    const results = await preflight(situationOf(session, site, live, step.to));
    const later = checksAfterNodes(site, steps.slice(0, index + 1));
    blocked ||= blocks(results.filter(({ id }) => !later.includes(id)));
    const head = await clone.head();
    console.log(
      `== ${site.cluster.name}: ${step.from === step.to ? `gate of ${step.to}` : `${step.from} to ${step.to}`}\n`,
    );
    console.log(`Preflight\n${preflightText(results)}\n`);
    if (later.length > 0)
      console.log(
        'Nodes\n  the rollout waits until the nodes of its pools are there, then asks for them and the room again\n',
      );
    if (step.from !== step.to) {
      const rollout = rolloutId(site.cluster.name, head);
      const commit = await commitStep(clone, { rollout, cluster: site.cluster.name, ...step }, tools);
      console.log(`Commit\n${await clone.diffStat(head, commit)}\n`);
      console.log(`What it changes on the cluster\n${await changes(session, site, step)}\n`);
    }
    console.log(`Gate of ${step.to}\n${gateText(site.platform.gates.phases[step.to])}`);
    const closed =
      isPromotion(step) && step.from !== step.to ? closedWindow(site.platform.schedule, Date.now()) : undefined;
    if (closed !== undefined) console.log(`\nNot now: ${closed}; --now begins all the same`);
  }
  console.log('\nNothing was pushed, and nothing on the cluster was changed.');
  return blocked ? EXIT.findings : EXIT.clean;
}

/** The review of the branch's own `aia`, or else the list of objects and restarts. */
async function changes(session: Session, site: Site, step: PlannedStep): Promise<string> {
  const { clone, tools } = session;
  const folder = (phase: string): string => `dist/${phase}/${site.cluster.name}`;
  const reviewed =
    step.from === 'none' ? undefined : await tools.review(clone.root, folder(step.from), folder(step.to));
  return reviewed ?? changesText(session, site, step);
}

function changesText({ clone }: Session, { cluster }: Site, { from, to }: PlannedStep): string {
  const cell = (phase: PlannedStep['to']): Cell => ({
    phase,
    cluster,
    objects: desiredObjects(clone.root, phase, cluster.name).map((object) => ({ layer: 'workloads', object })),
  });
  const after = cell(to);
  const before: Cell = from === 'none' ? { ...after, objects: [] } : cell(from);
  const objects = ({ objects: layered }: Cell): KubeObject[] => layered.map(({ object }) => object);
  const missing = (here: Cell, there: Cell): string[] => {
    const known = new Set(objects(there).map(identityOf));
    return objects(here)
      .filter((object) => !known.has(identityOf(object)))
      .map(describeObject);
  };
  const restarts = restartsBetween(before, after).map(
    ({ name, because }) => `  restarts  ${name} (${because.join(', ')})`,
  );
  return [
    ...missing(after, before).map((text) => `  comes     ${text}`),
    ...missing(before, after).map((text) => `  goes      ${text}`),
    ...restarts,
  ].join('\n');
}

function gateText(gate: Gate): string {
  const { health, workloadHealth, dwellSeconds, deadlineMinutes, maxRestarts, maxPendingPods, applicationsHealthy } =
    gate;
  return [
    `  deployment health at least ${percent(health)}, each workload at least ${percent(workloadHealth)}, over ${dwellSeconds} s`,
    `  within ${deadlineMinutes} min of the commit`,
    `  at most ${maxRestarts} restarts and ${maxPendingPods} pods without a node, no blind autoscaler`,
    `  Argo CD: all applications Synced${applicationsHealthy ? ' and Healthy' : ''}`,
    ...(gate.successRate === undefined
      ? []
      : [`  with --prometheus: ${percent(gate.successRate)} of the requests succeed`]),
    ...(gate.fastRequests === undefined
      ? []
      : [`  with --prometheus: ${percent(gate.fastRequests)} within the response time objective`]),
  ].join('\n');
}
