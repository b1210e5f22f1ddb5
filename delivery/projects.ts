import type { Construct } from 'constructs';
import { AppProject, type AppProjectSpec } from '../imports/argoproj.io';
import { groupOf, type KubeObject } from '../model/kube-object';
import type { Chart } from '../model/platform/chart';
import { destinationServer, IN_CLUSTER, sharedName, type Target } from './names';

interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** The root application may write applications into Argo CD's namespace, and nothing else anywhere. */
export function rootProject(scope: Construct, target: Target): void {
  const { repositoryUrl, argocdNamespace } = target.platform.settings;
  project(scope, target, 'root', {
    description: 'Brings the applications of the cluster from Git',
    sourceRepos: [repositoryUrl],
    destinations: [{ server: IN_CLUSTER, namespace: argocdNamespace }],
    clusterResourceWhitelist: [],
    namespaceResourceWhitelist: [{ group: 'argoproj.io', kind: 'Application' }],
  });
}

/**
 * The layers may write exactly the kinds that they have in any phase of the cluster. The union over the phases is what
 * it must be: Argo CD does not prune a kind that its project no longer allows, it says Synced and leaves it alive.
 *
 * @param objects of all phases that the cluster takes part in.
 */
export function layersProject(scope: Construct, target: Target, objects: readonly KubeObject[]): void {
  const { repositoryUrl, namespace } = target.platform.settings;
  project(scope, target, 'layers', {
    description: 'The platform: exactly the kinds of all its phases, in its own namespace',
    sourceRepos: [repositoryUrl],
    destinations: [{ server: destinationServer(target), namespace }],
    clusterResourceWhitelist: kindsOf(objects.filter(({ metadata }) => metadata.namespace === undefined)),
    namespaceResourceWhitelist: kindsOf(objects.filter(({ metadata }) => metadata.namespace !== undefined)),
  });
}

/** The charts of all phases may write anything, but only from these repositories into these namespaces. */
export function addonsProject(scope: Construct, target: Target, charts: readonly Chart[]): void {
  const server = destinationServer(target);
  const namespaces = sortedUnique(charts.flatMap(({ namespace, alsoIn }) => [namespace, ...(alsoIn ?? [])]));
  project(
    scope,
    target,
    'addons',
    {
      description: 'Charts of others, pinned: exact repositories and namespaces, all kinds',
      sourceRepos: sortedUnique(charts.map(({ repository }) => repository)),
      destinations: namespaces.map((namespace) => ({ server, namespace })),
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      namespaceResourceWhitelist: [{ group: '*', kind: '*' }],
    },
    {
      'kubernetes.io/description':
        'All kinds are allowed since operators bring definitions, cluster roles and webhooks of their own, and a chart ' +
        'that lacks one right is half installed. What bounds it: the repositories and namespaces listed here, versions ' +
        'that are pinned, and that only this repository says which chart is installed.',
    },
  );
}

function project(
  scope: Construct,
  target: Target,
  name: 'root' | 'layers' | 'addons',
  spec: AppProjectSpec,
  annotations?: Record<string, string>,
): void {
  const { settings } = target.platform;
  new AppProject(scope, `project-${name}`, {
    metadata: {
      name: sharedName(target, name),
      namespace: settings.argocdNamespace,
      labels: { 'app.kubernetes.io/part-of': settings.name },
      ...(annotations === undefined ? {} : { annotations }),
    },
    spec,
  });
}

/** Group and kind of the objects, each once, in one order. */
function kindsOf(objects: readonly KubeObject[]): GroupKind[] {
  return sortedUnique(objects.map(({ apiVersion, kind }) => `${groupOf(apiVersion)}/${kind}`)).map((text) => {
    const [group = '', kind = ''] = text.split('/');
    return { group, kind };
  });
}

function sortedUnique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
