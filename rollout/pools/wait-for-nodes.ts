import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { KubeObject } from '../../model/kube-object';
import type { PhaseId } from '../../model/platform/phase';
import { CannotRollOut } from '../problem';
import type { StepContext } from '../steps/context';
import { missingNodes, poolScript, surplusNodes, type NodeGroup } from './node-counts';

const LOOK_EVERY_MS = 5000;

/** For a branch that is older than this program and has no such figure; `platform/gates.ts` says why that long. */
const POOL_MINUTES = 240;

/** What waiting for nodes needs of a step. */
export type NodeWait = Pick<StepContext, 'site' | 'clock' | 'progress' | 'stop'> & {
  readonly live: { readonly list: (apiVersion: string, kind: string) => Promise<KubeObject[]> };
  readonly clone: { readonly root: string };
};

/**
 * Shows what creates the nodes that only the next phase has, and waits until they are there.
 *
 * @returns whether anything had to be waited for. @throws CannotRollOut after the deadline, or where it is stopped.
 */
export function nodesAreThere(context: NodeWait, from: PhaseId, to: PhaseId): Promise<boolean> {
  return waitUntil(context, to, `nodes of ${to}`, 'must be ready', (nodes) =>
    missingNodes(context.site, from, to, nodes),
  );
}

/**
 * Shows what drains the nodes that a phase does not have, and waits until they are gone.
 *
 * @returns whether anything had to be waited for. @throws CannotRollOut after the deadline, or where it is stopped.
 */
export function nodesAreGone(context: NodeWait, phase: PhaseId): Promise<boolean> {
  return waitUntil(context, phase, `the nodes that ${phase} does not have`, 'must stay', (nodes) =>
    surplusNodes(context.site, phase, nodes),
  );
}

async function waitUntil(
  context: NodeWait,
  to: PhaseId,
  what: string,
  goal: string,
  open: (nodes: readonly KubeObject[]) => NodeGroup[],
): Promise<boolean> {
  const { live, site, clock, progress, stop } = context;
  const look = async (): Promise<NodeGroup[]> => open(await live.list('v1', 'Node'));
  let groups = await look();
  if (groups.length === 0) return false;
  const begin = clock.now();
  const { poolMinutes } = site.platform.gates;
  const minutes = Number.isFinite(poolMinutes) ? poolMinutes : POOL_MINUTES;
  const limit = minutes * 60_000;
  const state = (): string =>
    groups.map(({ selector, wanted, found }) => `${selector}: ${found}, ${wanted} ${goal}`).join('; ');
  progress.say(`waiting for ${what} (${state()})\n${commandsText(context, to, groups)}`);
  while (groups.length > 0) {
    const waited = clock.now() - begin;
    if (stop.aborted || waited >= limit) {
      throw new CannotRollOut(
        `${stop.aborted ? 'you stopped it' : `${minutes} min are over`} while it waited for ${what}: ${state()}`,
        `run the commands shown above, then the same aia rollout again: it goes on from here`,
      );
    }
    progress.waiting(`${what} (${state()})`, waited, limit);
    await clock.sleep(LOOK_EVERY_MS, stop);
    groups = await look();
  }
  progress.say(`${site.cluster.name}: the nodes are those that ${to} needs now`);
  return true;
}

/** The script with its lines; `aia` never runs it: it has no rights at the cloud and should have none. */
function commandsText({ site, clone }: NodeWait, to: PhaseId, groups: readonly NodeGroup[]): string {
  const scripts = new Set(groups.map(({ selector }) => poolScript(site, to, selector)));
  return [...scripts]
    .map((script) => {
      const file = script === undefined ? undefined : path.join(clone.root, 'infra', script);
      if (script === undefined || file === undefined || !existsSync(file))
        return `    ${site.cluster.name} has no script for its nodes: create or drain them as you built the cluster`;
      const lines = readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'));
      return [`    run  bash infra/${script}   (${file}), which is:`, ...lines.map((line) => `      ${line}`)].join(
        '\n',
      );
    })
    .join('\n');
}
