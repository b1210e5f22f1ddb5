import { groupOf, type KubeObject } from '../model/kube-object';
import type { SchemaSet } from '../model/schema/load';
import { nearest } from '../model/schema/nearest';
import type { KindSchema } from '../model/schema/types';
import type { RawFinding } from './finding';
import { REMOVED_APIS } from './removed-apis';
import type { Target } from './schema';

/** Groups whose kinds are all known: a kind that is not there is a slip of the pen. */
const COMPLETE_GROUPS = new Set(['', 'apps', 'batch', 'policy', 'autoscaling', 'rbac.authorization.k8s.io']);
/** Kinds of those groups that a server may serve in an alpha or beta version. */
const NOT_STABLE = /v\d+(alpha|beta)\d+$/;

/** Whether the versions asked for serve the object's API version at all. */
export function checkApiVersion(
  { apiVersion, kind }: KubeObject,
  schema: KindSchema | undefined,
  schemas: SchemaSet,
  target: Target,
): readonly RawFinding[] {
  const removed = REMOVED_APIS.find((api) => api.apiVersion === apiVersion && api.kinds.includes(kind));
  if (removed) {
    const { removedIn, replacement } = removed;
    const oldest = minorOf(schemas.versions[target === 'current' ? 'current' : 'floor']);
    const newest = minorOf(schemas.versions[target === 'floor' ? 'floor' : 'current']);
    if (removedIn > newest) return [];
    const still = removedIn > oldest ? `, though Kubernetes 1.${oldest} still does` : '';
    const fix =
      replacement === undefined ? 'nothing replaces it: remove the object' : `write apiVersion: ${replacement}`;
    return [report('error', `${apiVersion} of ${kind} is not served since Kubernetes 1.${removedIn}${still}`, fix)];
  }
  if (!schema) return unknownKind(apiVersion, kind, schemas);
  if (target === 'both' && schema.floor !== null && schema.current !== null) return [];
  const missing = (['floor', 'current'] as const).filter(
    (version) => (target === 'both' || target === version) && schema[version] === null,
  );
  return missing.map((version) => {
    const other = schemas
      .versionsOf(groupOf(apiVersion), kind)
      .map((key) => key.slice(0, key.lastIndexOf('/')))
      .filter((name) => schemas.find(name, kind)?.[version] != null);
    const fix =
      other.length > 0
        ? `for that version write apiVersion: ${other.join(' or ')}`
        : 'leave it out of clusters of that version';
    const release = schemas.versions[version].replace(/^v(\d+\.\d+).*/, '$1');
    const severity = target !== 'both' ? 'error' : version === 'current' ? 'warning' : 'info';
    return report(
      severity,
      `${apiVersion} of ${kind} is not served by Kubernetes ${release} and its operators (${version})`,
      fix,
    );
  });
}

function unknownKind(apiVersion: string, kind: string, schemas: SchemaSet): readonly RawFinding[] {
  const group = groupOf(apiVersion);
  const others = schemas.versionsOf(group, kind);
  if (others.length > 0) {
    // An alpha or beta version may be switched on in a cluster; a stable one that nobody serves is a mistake.
    const known = others.map((key) => key.slice(0, key.lastIndexOf('/')).replace(/^\//, '')).join(' or ');
    const severity = NOT_STABLE.test(apiVersion) ? 'warning' : 'error';
    return [
      report(
        severity,
        `${apiVersion} of ${kind} is served by none of the versions checked`,
        `write apiVersion: ${known}`,
      ),
    ];
  }
  if (!COMPLETE_GROUPS.has(group) || NOT_STABLE.test(apiVersion)) return [];
  const kinds = schemas.kindNames();
  const meant = nearest(kind, kinds);
  const home = schemas.groupsOf(kind);
  const fix =
    home.length > 0
      ? `write apiVersion: ${home.join(' or ')}`
      : meant
        ? `did you mean ${meant}?`
        : 'check kind and apiVersion';
  return [report('error', `${apiVersion} has no kind ${kind}`, fix)];
}

function report(severity: RawFinding['severity'], message: string, fix: string): RawFinding {
  return { rule: 'api-version', severity, keys: ['apiVersion'], message, fix };
}

function minorOf(release: string): number {
  return Number(release.split('.')[1]);
}
