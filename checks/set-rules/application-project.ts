import path from 'node:path';
import { groupOf } from '../../model/kube-object';
import { asList, at, textAt } from '../../model/manifest/access';
import { nearest } from '../../model/schema/nearest';
import { fitsGlob } from '../set/globs';
import type { Member, MemberReport } from '../set/member';
import { namespaceOf } from '../set/object-set';
import { deployedBy, type ApplicationSource, type Tree } from '../set/tree';
import type { TreeRule } from '../set-rule';
import { sampleApplication, sampleDelivery } from './application-samples';

/** Applications of a project that does not exist, or does not let them in. */
export const applicationProject: TreeRule = {
  id: 'application-project',
  title: 'the project of an Application exists and lets its repository and namespace in',
  severity: 'error',
  why: 'Argo CD does not sync it: "application references project which does not exist", or "not permitted in project".',
  fix: 'name the project, and add repository and destination to it',
  sources: ['https://argo-cd.readthedocs.io/en/stable/user-guide/projects/'],
  checkTree(tree, report) {
    const projects = projectsOf(tree);
    if (projects.length === 0) return;
    for (const member of applicationsOf(tree)) {
      const { object } = member;
      const name = textAt(object, 'spec', 'project') ?? 'default';
      const known = nearestProject(projects, name, member);
      if (!known) {
        if (name === 'default') continue;
        const meant = nearest(
          name,
          projects.map(({ object: one }) => one.metadata.name),
        );
        report(member, ['spec', 'project'], `is ${name}, and there is no such AppProject in this tree`, {
          ...(meant !== undefined && { fix: `did you mean ${meant}?` }),
        });
        continue;
      }
      const repositories = asList(at(known.object, 'spec', 'sourceRepos')).map(String);
      const sources = [at(object, 'spec', 'source'), ...asList(at(object, 'spec', 'sources'))];
      for (const source of sources) {
        const url = textAt(source, 'repoURL');
        if (url !== undefined && !repositories.some((pattern) => fitsGlob(pattern, url)))
          report(member, ['spec'], `deploys from ${url}, which AppProject ${name} does not let in`, {
            fix: 'add it to sourceRepos',
          });
      }
      const destination = at(object, 'spec', 'destination');
      const cluster = textAt(destination, 'server') ?? textAt(destination, 'name') ?? '';
      const namespace = textAt(destination, 'namespace') ?? '';
      const isIn = asList(at(known.object, 'spec', 'destinations')).some((one) => {
        const where = textAt(one, 'server') ?? textAt(one, 'name') ?? '*';
        return fitsGlob(where, cluster) && fitsGlob(textAt(one, 'namespace') ?? '*', namespace);
      });
      if (!isIn)
        report(member, ['spec', 'destination'], `is not among the destinations of AppProject ${name}`, {
          fix: 'add it to destinations',
        });
    }
  },
  samples: {
    pass: sampleDelivery(sampleApplication('dist/shop')),
    fail: sampleDelivery(sampleApplication('dist/shop', 'shops')),
  },
};

/** Objects that their project does not let in. */
export const projectWhitelist: TreeRule = {
  id: 'project-whitelist',
  title: 'a project lets in the kinds and namespaces that are rendered for it, in every phase',
  severity: 'error',
  why: 'Argo CD refuses the object at sync; and a kind of another phase that is not let in is not pruned when the phase changes, with the Application Synced and Healthy.',
  fix: 'add the kind to the whitelist of the project, or the namespace to its destinations',
  sources: ['https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#managing-projects'],
  checkTree(tree, report) {
    const projects = projectsOf(tree);
    const rendered = new Map<Member, Set<string>>();
    for (const source of tree.sources) {
      const name = textAt(source.application.object, 'spec', 'project') ?? 'default';
      const known = nearestProject(projects, name, source.application);
      if (!known) continue;
      const kinds = rendered.get(known) ?? new Set();
      rendered.set(known, kinds);
      const told = new Set<string>();
      for (const member of deployedInAnyPhase(tree, source)) {
        const group = groupOf(member.object.apiVersion);
        const key = `${group}/${member.object.kind}`;
        kinds.add(key);
        if (told.has(key) || isLetIn(known, tree, group, member)) continue;
        told.add(key);
        const what = `${member.object.kind}${group === '' ? '' : ` of ${group}`} (${member.file})`;
        report(
          known,
          ['spec'],
          `does not let in ${what}, which Application ${source.application.object.metadata.name} deploys`,
        );
      }
    }
    for (const [project, kinds] of rendered) if (kinds.size > 0) unused(project, kinds, tree, report);
  },
  samples: {
    pass: sampleDelivery(sampleApplication('dist/shop')),
    fail: sampleDelivery(sampleApplication('dist/shop'), 'StatefulSet'),
  },
};

/** Kinds that are let in and never rendered: whoever can push may use them. */
function unused(project: Member, kinds: ReadonlySet<string>, tree: Tree, report: MemberReport): void {
  const deploysMore = tree.members.some(
    ({ object }) =>
      object.kind === 'Application' &&
      textAt(object, 'spec', 'project') === project.object.metadata.name &&
      !tree.sources.some(({ application }) => application.object === object),
  );
  if (deploysMore) return; // a chart renders what is not in Git
  for (const list of ['clusterResourceWhitelist', 'namespaceResourceWhitelist']) {
    asList(at(project.object, 'spec', list)).forEach((entry, index) => {
      const key = `${textAt(entry, 'group') ?? ''}/${textAt(entry, 'kind') ?? ''}`;
      if (key.includes('*') || kinds.has(key)) return;
      report(project, ['spec', list, index], `lets in ${key.replace(/^\//, '')}, which no phase has`, {
        severity: 'info',
        fix: 'remove the entry',
      });
    });
  }
}

function projectsOf(tree: Tree): readonly Member[] {
  return tree.members.filter(
    ({ object }) => object.kind === 'AppProject' && object.apiVersion.startsWith('argoproj.io/'),
  );
}

/** The project of that name; where each cluster has its own, the one that stands nearest to the Application. */
function nearestProject(projects: readonly Member[], name: string, { file }: Member): Member | undefined {
  const folders = path.posix.dirname(file).split('/');
  const shared = (one: Member): number => {
    const own = path.posix.dirname(one.file).split('/');
    const different = folders.findIndex((folder, index) => own[index] !== folder);
    return different < 0 ? folders.length : different;
  };
  return projects
    .filter(({ object }) => object.metadata.name === name)
    .reduce<Member | undefined>((best, one) => (best && shared(best) >= shared(one) ? best : one), undefined);
}

function applicationsOf(tree: Tree): readonly Member[] {
  return tree.members.filter(
    ({ object }) => object.kind === 'Application' && object.apiVersion.startsWith('argoproj.io/'),
  );
}

function deployedInAnyPhase(tree: Tree, source: ApplicationSource): readonly Member[] {
  const paths = new Set([source.path]);
  if (/(^|\/)phase-\d+\//.test(source.path)) {
    for (const { file } of tree.members) {
      const phase = /(?:^|\/)(phase-\d+)\//.exec(file)?.[1];
      if (phase !== undefined) paths.add(source.path.replace(/phase-\d+/, phase));
    }
  }
  return [...paths].flatMap((folder) => deployedBy(tree, { ...source, path: folder }));
}

/** Whether the lists of the project let the object in; a list that is not written lets every namespaced kind in. */
function isLetIn({ object: project }: Member, tree: Tree, group: string, { object }: Member): boolean {
  const listed = (list: string): boolean =>
    asList(at(project, 'spec', list)).some(
      (entry) => fitsGlob(textAt(entry, 'group') ?? '', group) && fitsGlob(textAt(entry, 'kind') ?? '', object.kind),
    );
  const isNamespaced = namespaceOf(object) !== '' || !isClusterKind(tree, group, object.kind);
  if (isNamespaced)
    return (
      (at(project, 'spec', 'namespaceResourceWhitelist') === undefined || listed('namespaceResourceWhitelist')) &&
      !listed('namespaceResourceBlacklist')
    );
  return listed('clusterResourceWhitelist') && !listed('clusterResourceBlacklist');
}

/** Kinds of the whole cluster: those of Kubernetes, and those whose definition in the tree says so. */
function isClusterKind(tree: Tree, group: string, kind: string): boolean {
  if (CLUSTER_KINDS.has(kind)) return true;
  return tree.members.some(
    ({ object }) =>
      object.kind === 'CustomResourceDefinition' &&
      textAt(object, 'spec', 'group') === group &&
      textAt(object, 'spec', 'names', 'kind') === kind &&
      textAt(object, 'spec', 'scope') === 'Cluster',
  );
}

const CLUSTER_KINDS = new Set(
  'Namespace Node PersistentVolume ClusterRole ClusterRoleBinding StorageClass PriorityClass RuntimeClass IngressClass CSIDriver CustomResourceDefinition APIService MutatingWebhookConfiguration ValidatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ClusterIssuer ClusterSecretStore ClusterExternalSecret ClusterQueue ResourceFlavor WorkloadPriorityClass GatewayClass ClusterTriggerAuthentication'.split(
    ' ',
  ),
);
