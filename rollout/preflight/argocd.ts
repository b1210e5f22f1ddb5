import type { KubeObject } from '../../model/kube-object';
import { field, listField, textField } from '../cluster/field';
import { layersProjectName, rootName } from '../cluster/site';
import { kubectl, problem, warning, type Check, type Finding, type Situation } from './check';

const API = 'argoproj.io/v1alpha1';

/** Argo CD looks at every application each three minutes; one that has not for this long does not run. */
const SILENT_MS = 15 * 60_000;

/** Argo CD must be there, bootstrapped from this repository, alive, and allowed to bring what the phase has. */
export const argocd: Check = {
  id: 'argocd',
  title: 'Argo CD is there, reads this branch, and may bring what the phase has',
  look: async (situation) => {
    const { live, site } = situation;
    const { argocdNamespace } = site.platform.settings;
    if (!(await live.serves(API, 'Application'))) {
      return [
        problem(
          'there is no Argo CD: the cluster does not serve applications of argoproj.io',
          'install Argo CD 3.2 or newer, then bootstrap it (docs/argocd.md, "Bring up a cluster")',
        ),
      ];
    }
    const root = await live.find(API, 'Application', rootName(site), argocdNamespace);
    if (root === undefined)
      return [
        problem(
          `Argo CD does not know this cluster yet: no application ${rootName(site)}`,
          ...bootstrapCommands(situation),
        ),
      ];
    return [
      ...readsThisBranch(root, situation),
      ...isAlive(root, situation),
      ...(await projectAllows(situation)),
      ...(await hasHealthChecks(situation)),
    ];
  },
};

/** The three commands of docs/argocd.md, for this cluster. */
export function bootstrapCommands(situation: Pick<Situation, 'live' | 'site'>): string[] {
  const { name } = situation.site.cluster;
  const { argocdNamespace } = situation.site.platform.settings;
  const folder = `argocd/${name}/bootstrap`;
  const patch = (map: string): string =>
    `${kubectl(situation, argocdNamespace)} patch configmap ${map} --patch-file ${folder}/patches/ConfigMap_${argocdNamespace}_${map}.yaml`;
  return [patch('argocd-cm'), patch('argocd-notifications-cm'), `${kubectl(situation)} apply -f ${folder}`];
}

function readsThisBranch(root: KubeObject, situation: Situation): Finding[] {
  const { settings } = situation.site.platform;
  const wanted = {
    repoURL: settings.repositoryUrl,
    targetRevision: settings.branch,
    path: `argocd/${situation.site.cluster.name}/apps`,
  };
  const differing = Object.entries(wanted).filter(([key, value]) => field(root, 'spec', 'source', key) !== value);
  if (differing.length === 0) return [];
  const said = differing.map(
    ([key, value]) => `${key} is ${textField(root, 'spec', 'source', key) ?? 'not set'}, not ${value}`,
  );
  return [
    problem(`${root.metadata.name} reads something else: ${said.join('; ')}`, bootstrapCommands(situation)[2] ?? ''),
  ];
}

function isAlive(root: KubeObject, situation: Situation): Finding[] {
  const looked = Date.parse(textField(root, 'status', 'reconciledAt') ?? '');
  // One that was made a moment ago has its first look still before it.
  const since = Number.isFinite(looked) ? looked : Date.parse(textField(root, 'metadata', 'creationTimestamp') ?? '');
  if (Date.now() - since < SILENT_MS) return [];
  const { argocdNamespace } = situation.site.platform.settings;
  return [
    problem(
      `Argo CD does not look at ${root.metadata.name}: last time ${Number.isFinite(looked) ? new Date(looked).toISOString() : 'never'}`,
      `${kubectl(situation, argocdNamespace)} get pods   # is argocd-application-controller running?`,
      `${kubectl(situation, argocdNamespace)} get application ${root.metadata.name} -o jsonpath='{.status.conditions}'`,
    ),
  ];
}

/** What the project does not allow, Argo CD does not apply; what it does not allow any more, it does not prune. */
async function projectAllows(situation: Situation): Promise<Finding[]> {
  const { live, site, bootstrap } = situation;
  const name = layersProjectName(site);
  const found = await live.find(API, 'AppProject', name, site.platform.settings.argocdNamespace);
  const apply = bootstrapCommands(situation)[2] ?? '';
  if (found === undefined) return [problem(`Argo CD has no project ${name}`, apply)];
  const wanted = bootstrap.find(({ kind, metadata }) => kind === 'AppProject' && metadata.name === name);
  const missing = ['clusterResourceWhitelist', 'namespaceResourceWhitelist'].flatMap((list) => {
    const allowed = new Set(listField(found, 'spec', list).map(kindText));
    return allowed.has('*/*')
      ? []
      : listField(wanted, 'spec', list)
          .map(kindText)
          .filter((kind) => !allowed.has(kind));
  });
  return missing.length === 0 ? [] : [problem(`project ${name} does not allow ${missing.join(', ')}`, apply)];
}

function kindText(entry: unknown): string {
  return `${textField(entry, 'group') ?? ''}/${textField(entry, 'kind') ?? ''}`;
}

async function hasHealthChecks(situation: Situation): Promise<Finding[]> {
  const { live, site } = situation;
  const settings = await live.find('v1', 'ConfigMap', 'argocd-cm', site.platform.settings.argocdNamespace);
  const key = 'resource.customizations.health.argoproj.io_Application';
  if (textField(settings, 'data', key) !== undefined) return [];
  return [
    warning(
      'argocd-cm has no health check for applications: the root does not wait for its waves',
      bootstrapCommands(situation)[0] ?? '',
    ),
  ];
}
