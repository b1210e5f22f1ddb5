import { asList, asRecord, at, textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

/** Groups of the kinds that Applications ignore fields of; the core group is the empty string. */
const GROUPS: Readonly<Record<string, string>> = {
  DaemonSet: 'apps',
  Deployment: 'apps',
  ReplicaSet: 'apps',
  StatefulSet: 'apps',
  CronJob: 'batch',
  Job: 'batch',
  HorizontalPodAutoscaler: 'autoscaling',
  Ingress: 'networking.k8s.io',
  CustomResourceDefinition: 'apiextensions.k8s.io',
  MutatingWebhookConfiguration: 'admissionregistration.k8s.io',
  ValidatingWebhookConfiguration: 'admissionregistration.k8s.io',
};

const application = (spec: string): string =>
  sampleObject(
    'argoproj.io/v1alpha1',
    'Application',
    `project: default\nsource:\n  repoURL: https://git.example.org/shop.git\n  path: dist\n  targetRevision: main\ndestination:\n  server: https://kubernetes.default.svc\n  namespace: shop\n${spec}`,
  );
const replicas =
  'ignoreDifferences:\n  - group: apps\n    kind: Deployment\n    jsonPointers:\n      - /spec/replicas\n';

/** What an Application ignores and how it syncs. */
export const applicationSync: Rule = {
  id: 'application-sync',
  title: 'what an Application ignores is ignored by its syncs too',
  severity: 'warning',
  why: 'Without RespectIgnoreDifferences a sync writes the ignored field all the same: replicas fall to what Git says, or to 1. An entry without the group of its kind ignores nothing, without a word.',
  fix: 'add RespectIgnoreDifferences=true to syncPolicy.syncOptions',
  sources: [
    'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#respect-ignore-difference-configs',
    'https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/',
  ],
  kinds: ['Application'],
  check(object, report) {
    if (!object.apiVersion.startsWith('argoproj.io/')) return;
    const spec = asRecord(object.spec);
    const options = asList(at(spec, 'syncPolicy', 'syncOptions')).map(String);
    const ignored = asList(spec?.ignoreDifferences);
    if (ignored.length > 0 && !options.includes('RespectIgnoreDifferences=true'))
      report(['spec', 'ignoreDifferences'], 'is not respected by syncs');
    ignored.forEach((entry, index) => {
      const kind = textAt(entry, 'kind');
      const group = kind === undefined ? undefined : GROUPS[kind];
      const found = textAt(entry, 'group') ?? '';
      if (group === undefined || found === group || found === '*') return;
      report(
        ['spec', 'ignoreDifferences', index, 'group'],
        `${found === '' ? 'is missing' : `is ${found}`}: ${kind ?? ''} is in the group ${group}, so nothing is ignored`,
        { severity: 'error', fix: `write group: ${group}` },
      );
    });
    // An Application of Applications deploys into its own namespace, and has no autoscalers to prune.
    const isRoot = textAt(spec, 'destination', 'namespace') === (object.metadata.namespace ?? 'argocd');
    if (options.includes('PruneLast=true') && !isRoot) {
      report(
        ['spec', 'syncPolicy', 'syncOptions', options.indexOf('PruneLast=true')],
        'prunes everything last, so that an old autoscaler fights the new one',
        { fix: 'remove it; annotate single objects with PruneLast=true' },
      );
    }
    if (
      at(spec, 'syncPolicy', 'automated', 'allowEmpty') === true &&
      at(spec, 'syncPolicy', 'automated', 'prune') === true
    ) {
      report(['spec', 'syncPolicy', 'automated', 'allowEmpty'], 'lets an empty folder delete everything', {
        fix: 'remove it',
      });
    }
  },
  samples: {
    pass: application(`${replicas}syncPolicy:\n  syncOptions:\n    - RespectIgnoreDifferences=true`),
    fail: application(replicas),
  },
};
