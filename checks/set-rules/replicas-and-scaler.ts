import { groupOf } from '../../model/kube-object';
import { asList, asNumber, asRecord, at, textAt } from '../../model/manifest/access';
import { sampleAutoscaler, sampleDeployment, sampleFiles, sampleObject } from '../samples';
import { fitsGlob } from '../set/globs';
import type { Member } from '../set/member';
import { mayBeSame, namespaceOf } from '../set/object-set';
import { scalersFor } from '../set/scaling';
import { deployersOf, type ApplicationSource } from '../set/tree';
import type { TreeRule } from '../set-rule';

const application = (spec: string): string =>
  sampleObject(
    'argoproj.io/v1alpha1',
    'Application',
    `project: default\nsource:\n  repoURL: https://git.example.org/shop.git\n  path: shop\n  targetRevision: main\ndestination:\n  server: https://kubernetes.default.svc\n  namespace: shop\nsyncPolicy:\n  automated:\n    selfHeal: true\n${spec}`,
    'namespace: argocd',
  );
const ignoring =
  '  syncOptions:\n    - RespectIgnoreDifferences=true\nignoreDifferences:\n  - group: apps\n    kind: Deployment\n    jsonPointers:\n      - /spec/replicas';
const files = (spec: string): string =>
  sampleFiles({
    'apps/shop.yaml': application(spec),
    'shop/web.yaml': sampleDeployment('replicas: 2'),
    'shop/hpa.yaml': sampleAutoscaler(),
  });

/** A number of replicas in Git beside an autoscaler, which every sync would set back. */
export const replicasAndScaler: TreeRule = {
  id: 'replicas-and-scaler',
  title: 'replicas beside an autoscaler are ignored by the Application that deploys them',
  severity: 'error',
  why: 'Every sync sets replicas back to what Git says, and the autoscaler sets them again: under load that takes pods away when they are needed most.',
  fix: 'ignore /spec/replicas of it (with its group) in ignoreDifferences, with RespectIgnoreDifferences=true',
  sources: [
    'https://argo-cd.readthedocs.io/en/stable/user-guide/best_practices/#leaving-room-for-imperativeness',
    'https://github.com/kubernetes/kubernetes/issues/25238',
  ],
  checkTree(tree, report) {
    for (const set of tree.sets) {
      for (const { member } of set.pods) {
        const scaler = scalersFor(set, member).find(({ bounds }) => bounds);
        const replicas = asNumber(at(member.object, 'spec', 'replicas'));
        if (!scaler || replicas === undefined) continue;
        const keys = ['spec', 'replicas'];
        const by = `${scaler.member.object.kind} ${scaler.member.object.metadata.name}`;
        const careless = deployersOf(tree, member).find(({ application }) => !leavesAlone(application, member));
        if (careless) {
          report(
            member,
            keys,
            `is ${replicas}, though ${by} scales it, and Application ${careless.application.object.metadata.name} does not ignore it`,
          );
        } else if (deployersOf(tree, member).length === 0 && replicas !== scaler.bounds?.min) {
          report(
            member,
            keys,
            `is ${replicas}, though ${by} scales it from ${scaler.bounds?.min ?? 0} on: each apply sets it back`,
            {
              severity: 'warning',
              fix: `write ${scaler.bounds?.min ?? 0}, and let whoever applies it leave it alone`,
            },
          );
        }
      }
    }
    for (const source of tree.sources) idleEntries(tree, source, report);
  },
  samples: { pass: files(ignoring), fail: files('') },
};

/** True where syncs of the Application leave the replicas of the workload alone. */
function leavesAlone({ object }: Member, workload: Member): boolean {
  const options = asList(at(object, 'spec', 'syncPolicy', 'syncOptions')).map(String);
  const isRespected = options.includes('RespectIgnoreDifferences=true');
  return isRespected && asList(at(object, 'spec', 'ignoreDifferences')).some((entry) => covers(entry, workload));
}

/** Whether an entry of ignoreDifferences is about the replicas of that workload. */
function covers(entry: unknown, { object }: Member): boolean {
  const { group, kind, name, namespace, jsonPointers, jqPathExpressions, managedFieldsManagers } =
    asRecord(entry) ?? {};
  const isField =
    asList(jsonPointers).includes('/spec/replicas') ||
    asList(jqPathExpressions).some((one) => String(one).includes('.spec.replicas')) ||
    asList(managedFieldsManagers).includes('kube-controller-manager');
  const fits = (pattern: unknown, value: string): boolean => typeof pattern === 'string' && fitsGlob(pattern, value);
  return (
    isField &&
    (group === '*' || fits(group ?? '', groupOf(object.apiVersion))) &&
    (kind === '*' || fits(kind, object.kind)) &&
    (name === undefined || name === '' || fits(name, object.metadata.name)) &&
    (typeof namespace !== 'string' || mayBeSame(namespace, namespaceOf(object)))
  );
}

/** Replicas that are ignored though nothing scales them: what a hand changes stays changed. */
function idleEntries(
  tree: Parameters<TreeRule['checkTree']>[0],
  { application }: ApplicationSource,
  report: Parameters<TreeRule['checkTree']>[1],
): void {
  asList(at(application.object, 'spec', 'ignoreDifferences')).forEach((entry, index) => {
    const name = textAt(entry, 'name');
    if (name === undefined) return;
    for (const set of tree.sets) {
      const owner = set.pods.find(
        ({ member }) =>
          covers(entry, member) && deployersOf(tree, member).some((one) => one.application === application),
      );
      if (!owner || scalersFor(set, owner.member).some(({ bounds }) => bounds)) continue;
      report(
        application,
        ['spec', 'ignoreDifferences', index],
        `ignores the replicas of ${name}, which nothing scales`,
        {
          severity: 'warning',
          fix: 'remove the entry',
        },
      );
    }
  });
}
