import type { PhaseId } from '../../model/platform/phase';
import type { ApplicationState } from '../cluster/applications';
import { LAYERS, layerName, layerPath, rootName, type Site } from '../cluster/site';
import type { Sample } from './sample';

/** Whether a commit that Argo CD names is ours or a later one. */
export type IsAtOrAfter = (revision: string) => Promise<boolean>;

/** What is missing until a commit is carried out; empty where it is. */
export interface Missing {
  /** Argo CD has not brought it: application and what it does instead. */
  readonly sync: readonly string[];
  /** Pods of the old version still run, or of the new one are not there yet. */
  readonly pods: readonly string[];
}

/**
 * Looks whether Argo CD has synced every layer at the commit, and whether Kubernetes has replaced all pods. Ready they
 * need not be: how many are is the gate's question.
 *
 * The root is asked only whether its children are as Git has them: its own operation waits for their health, which
 * may never be whole where a gate tolerates pods that fail.
 */
export async function missingOf(
  sample: Sample,
  site: Site,
  phase: PhaseId,
  isAtOrAfter: IsAtOrAfter,
): Promise<Missing> {
  const sync: string[] = [];
  const root = sample.applications.find(({ name }) => name === rootName(site));
  if (root === undefined) sync.push(`${rootName(site)} is not there`);
  else if (root.revision === undefined || !(await isAtOrAfter(root.revision)))
    sync.push(`${root.name} is at an older commit`);
  for (const layer of LAYERS) {
    const name = layerName(site, layer);
    const found = sample.applications.find((application) => application.name === name);
    const why = await unsynced(found, layerPath(site, layer, phase), isAtOrAfter);
    if (why !== undefined) sync.push(`${name} ${why}`);
  }
  const pods = sample.workloads
    .filter(({ complete }) => !complete)
    .map(({ name, updated, desired, old }) =>
      old > 0 ? `${name} (${updated} of ${desired} new, ${old} old)` : `${name} (${updated} of ${desired} new)`,
    );
  return { sync, pods };
}

async function unsynced(
  application: ApplicationState | undefined,
  path: string,
  isAtOrAfter: IsAtOrAfter,
): Promise<string | undefined> {
  if (application === undefined) return 'is not there';
  const { comparedPath, revision, sync, operation } = application;
  if (application.path === path && comparedPath === undefined) return 'is not compared yet';
  if (application.path !== path || comparedPath !== path)
    return `is still at ${comparedPath ?? application.path ?? 'no path'}`;
  if (revision === undefined || !(await isAtOrAfter(revision))) return 'is at an older commit';
  if (sync !== 'Synced') return `is ${sync}`;
  if (operation !== undefined && operation !== 'Succeeded') return `syncs (${operation})`;
  return undefined;
}

/**
 * Applications whose sync of this commit is over and has failed: Argo CD does not try again before Git changes.
 *
 * @returns what they say.
 */
export async function givenUp(sample: Sample, isAtOrAfter: IsAtOrAfter): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, operation, operationRevision, messages } of sample.applications) {
    if (operation !== 'Failed' && operation !== 'Error') continue;
    if (operationRevision === undefined || !(await isAtOrAfter(operationRevision))) continue;
    failed.push(`${name}: ${messages[0] ?? operation}`);
  }
  return failed;
}
