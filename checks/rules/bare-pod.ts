import { asRecord, textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleDeployment, samplePod } from '../samples';

/** A pod or Job on its own in Git. */
export const barePod: Rule = {
  id: 'bare-pod',
  title: 'pods and Jobs have an owner that makes them again',
  severity: 'info',
  why: 'A bare Pod is gone with its node. A Job in Git can not be changed after it ran, and is run again whenever it is deleted.',
  fix: 'use a Deployment for a Pod; a CronJob or an Argo CD hook for a Job',
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/overview/#naked-pods-vs-replicasets-deployments-and-jobs',
  ],
  kinds: ['Pod', 'Job'],
  check(object, report) {
    const annotations = Object.keys(asRecord(object.metadata.annotations) ?? {});
    const isHook = annotations.some((key) => key === 'argocd.argoproj.io/hook' || key.startsWith('helm.sh/hook'));
    if (isHook || textAt(object, 'metadata', 'generateName') !== undefined) return;
    report(['kind'], `is ${object.kind}: nothing makes it again`);
  },
  samples: { pass: sampleDeployment(''), fail: samplePod('') },
};
