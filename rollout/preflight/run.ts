import type { PhaseId } from '../../model/platform/phase';
import type { Site } from '../cluster/site';
import { changesPools } from '../pools/node-counts';
import { CannotRollOut } from '../problem';
import { argocd } from './argocd';
import { problem, type Check, type Finding, type Situation } from './check';
import { images } from './images';
import { kubernetesVersion } from './kubernetes-version';
import { liveObjects } from './live-objects';
import { nodePools } from './node-pools';
import { permissions } from './permissions';
import { rightCluster } from './right-cluster';
import { room } from './room';
import { servedKinds } from './served-kinds';
import { sickServices } from './sick-services';

/** In the order in which a person would ask. */
export const CHECKS: readonly Check[] = [
  rightCluster,
  kubernetesVersion,
  permissions,
  argocd,
  servedKinds,
  liveObjects,
  nodePools,
  room,
  images,
  sickServices,
];

/** What one check has found. */
export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly findings: readonly Finding[];
}

/**
 * Asks everything. A check that can't be made is a problem of its own and does not hide the others.
 */
export async function preflight(situation: Situation): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { id, title, look } of CHECKS) {
    let findings: readonly Finding[];
    try {
      findings = await look(situation);
    } catch (error) {
      if (!(error instanceof CannotRollOut)) throw error;
      const [what = '', fix = ''] = error.message.split('\n  Fix: ');
      const unseen = problem(`could not be looked at: ${what}`, fix);
      findings = [id === rightCluster.id ? { ...unseen, final: true } : unseen];
    }
    results.push({ id, title, findings });
    if (findings.some(({ final }) => final === true)) return results;
  }
  return results;
}

/** Whether something was found that stops a step. */
export function blocks(results: readonly CheckResult[]): boolean {
  return results.some(({ findings }) => findings.some(({ level }) => level === 'problem'));
}

/**
 * Ids of checks that can't hold yet where the way to a phase leads over an exchange of nodes; they are made when those are
 * there.
 *
 * @param way the steps up to that phase.
 */
export function checksAfterNodes(
  site: Site,
  way: readonly { readonly from: PhaseId | 'none'; readonly to: PhaseId }[],
): readonly string[] {
  return way.some(({ from, to }) => changesPools(site, from, to)) ? [nodePools.id, room.id] : [];
}
