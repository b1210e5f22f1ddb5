import { textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const SYNC = 'argocd.argoproj.io/sync-options';
const COMPARE = 'argocd.argoproj.io/compare-options';

/** Annotations about pruning that only work in pairs, or stop the whole sync. */
export const pruneAnnotations: Rule = {
  id: 'prune-annotations',
  title: 'Prune=false stands beside IgnoreExtraneous, and nothing waits for a confirmation',
  severity: 'warning',
  why: 'An object that is kept though Git has it no more leaves its Application OutOfSync for ever; Prune=confirm holds back every other change until somebody clicks.',
  fix: `add ${COMPARE}: IgnoreExtraneous`,
  sources: [
    'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/',
    'https://argo-cd.readthedocs.io/en/stable/user-guide/compare-options/',
  ],
  check(object, report) {
    const options = (textAt(object, 'metadata', 'annotations', SYNC) ?? '').split(',').map((option) => option.trim());
    const compare = textAt(object, 'metadata', 'annotations', COMPARE) ?? '';
    const place = ['metadata', 'annotations', SYNC];
    if (options.includes('Prune=false') && !compare.includes('IgnoreExtraneous'))
      report(place, 'has Prune=false without IgnoreExtraneous');
    if (options.includes('Prune=confirm'))
      report(place, 'has Prune=confirm, which holds back the whole sync', {
        fix: 'write Prune=false and remove the object by hand',
      });
  },
  samples: {
    pass: sampleObject('v1', 'Namespace', '', `annotations:\n  ${SYNC}: Prune=false\n  ${COMPARE}: IgnoreExtraneous`),
    fail: sampleObject('v1', 'Namespace', '', `annotations:\n  ${SYNC}: Prune=false`),
  },
};
