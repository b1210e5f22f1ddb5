import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { KubeObject } from '../../model/kube-object';
import { PHASE_IDS, type PhaseId } from '../../model/platform/phase';

/** The objects that a phase puts on a cluster, as they are rendered below a folder of the branch. */
export function desiredObjects(root: string, phase: PhaseId, cluster: string): KubeObject[] {
  return objectsBelow(path.join(root, 'dist', phase, cluster));
}

/** What a person applies for a cluster: projects, root, and who may do what. */
export function bootstrapObjects(root: string, cluster: string): KubeObject[] {
  return objectsBelow(path.join(root, 'argocd', cluster, 'bootstrap'));
}

/** The phases that are rendered, in order. */
export function renderedPhases(root: string): PhaseId[] {
  return PHASE_IDS.filter((phase) => existsSync(path.join(root, 'dist', phase)));
}

function objectsBelow(folder: string): KubeObject[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => parse(readFileSync(path.join(folder, name), 'utf8')) as KubeObject);
}
