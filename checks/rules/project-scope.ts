import { asList, asRecord, at, textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const project = (repository: string): string =>
  sampleObject(
    'argoproj.io/v1alpha1',
    'AppProject',
    `sourceRepos:\n  - ${repository}\ndestinations:\n  - server: https://kubernetes.default.svc\n    namespace: shop`,
  );

/** A project that lets everything in. */
export const projectScope: Rule = {
  id: 'project-scope',
  title: 'an AppProject names its repositories and namespaces',
  severity: 'warning',
  why: 'Whoever may make an Application in it can deploy any repository anywhere. A sync window holds back self-heal and a way back, too.',
  fix: 'name what is needed',
  sources: ['https://argo-cd.readthedocs.io/en/stable/user-guide/projects/'],
  kinds: ['AppProject'],
  check(object, report) {
    const spec = asRecord(object.spec);
    asList(spec?.sourceRepos).forEach((repository, index) => {
      if (repository === '*') report(['spec', 'sourceRepos', index], 'allows every repository');
    });
    asList(spec?.destinations).forEach((one, index) => {
      const cluster = textAt(one, 'server') ?? textAt(one, 'name');
      if (textAt(one, 'namespace') === '*' && cluster === '*')
        report(['spec', 'destinations', index], 'allows every namespace of every cluster');
    });
    if (asList(at(spec, 'syncWindows')).length > 0)
      report(['spec', 'syncWindows'], 'also stops self-heal and a revert while it is closed', {
        severity: 'info',
        fix: 'hold promotions back where they are made',
      });
  },
  samples: { pass: project('https://git.example.org/shop.git'), fail: project('"*"') },
};
