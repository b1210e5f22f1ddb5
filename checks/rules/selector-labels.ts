import { asList, asRecord, at, shown } from '../../model/manifest/access';
import { podOf } from '../pods';
import type { Rule } from '../rule';
import { sampleDeployment } from '../samples';

/** A selector that does not match the pods of its own template. */
export const selectorLabels: Rule = {
  id: 'selector-labels',
  title: 'the selector matches the labels of the pod template',
  severity: 'error',
  why: 'The API server refuses it: the owner would not find its own pods and make new ones for ever.',
  fix: 'write the same labels into spec.selector.matchLabels and spec.template.metadata.labels',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector'],
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Rollout'],
  check(object, report) {
    const pod = podOf(object);
    if (!pod) return;
    const labels = asRecord(at(pod.template, 'metadata', 'labels')) ?? {};
    const selector = asRecord(at(object, 'spec', 'selector'));
    const wanted = asRecord(selector?.matchLabels) ?? {};
    for (const [key, value] of Object.entries(wanted)) {
      if (labels[key] === value) continue;
      const found = labels[key] === undefined ? 'lacks it' : `has ${shown(labels[key])}`;
      report(['spec', 'selector', 'matchLabels', key], `is ${shown(value)}, but the pod template ${found}`);
    }
    if (selector && Object.keys(wanted).length === 0 && asList(selector.matchExpressions).length === 0) {
      report(['spec', 'selector'], 'is empty');
    }
  },
  samples: {
    pass: sampleDeployment(''),
    fail: sampleDeployment('').replace('      labels:\n        app: web', '      labels:\n        app: site'),
  },
};
