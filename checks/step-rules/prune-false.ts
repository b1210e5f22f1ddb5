import { sampleService } from '../samples';
import type { Member } from '../set/member';
import type { StepRule } from '../set-rule';
import { samplePhases } from './samples';
import { syncOptions, SYNC } from './sync-options';

/** Kinds that a step back must not take away: they hold data, or others stand on them. */
const SURVIVORS = new Set([
  'Namespace',
  'CustomResourceDefinition',
  'StorageClass',
  'PersistentVolumeClaim',
  'PriorityClass',
]);

/** What must outlive a step, in both directions. */
export const pruneFalse: StepRule = {
  id: 'prune-false',
  title: 'namespaces, definitions, claims and classes outlive a step, forward and back',
  severity: 'error',
  why: 'A phase that drops a namespace, a definition or a claim deletes all that is in it; so does a step back from a phase that brought it. Data does not come back.',
  fix: `annotate it with ${SYNC}: Prune=false and argocd.argoproj.io/compare-options: IgnoreExtraneous`,
  sources: ['https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#no-prune-resources'],
  checkStep({ from, to, before, after }, report) {
    const look = (member: Member, message: string): void => {
      if (SURVIVORS.has(member.object.kind) && !syncOptions(member).includes('Prune=false'))
        report(member, ['metadata', 'annotations'], message);
    };
    for (const [identity, member] of before) {
      const next = after.get(identity);
      if (!next) look(member, `lets ${to} delete it, which has it no more`);
      else if (syncOptions(member).includes('Prune=false') && !syncOptions(next).includes('Prune=false'))
        report(next, ['metadata', 'annotations'], `lacks the Prune=false that it has in ${from}`);
    }
    for (const [identity, member] of after)
      if (!before.has(identity)) look(member, `lets a step back to ${from} delete it`);
  },
  samples: {
    pass: samplePhases(
      sampleService(),
      `${sampleService()}---\napiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata:\n  name: web\n  annotations:\n    ${SYNC}: Prune=false\n    argocd.argoproj.io/compare-options: IgnoreExtraneous\nvalue: 1000\n`,
    ),
    fail: samplePhases(
      sampleService(),
      `${sampleService()}---\napiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata:\n  name: web\nvalue: 1000\n`,
    ),
  },
};
